# `make help` lists every task. Each one makes what it needs first, once.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: ask bench bench-quality chat check clean eval format help lock screenshots setup test train-reader
SHELL := /bin/bash

PYTHON ?= python3
Q ?= When did Iran admit drone supplies?
ARGS ?=
EXAMPLES := ["When did Iran admit drone supplies?", "Why was the launch of the Pico van put off?", \
  "How many puffins were counted on Gannet Holm?"]

BYLINE := .venv/bin/byline
SAMPLE := .byline/sample
ARTICLES := $(shell find examples/articles -type f 2>/dev/null)
# Written last, so that what was interrupted is done again.
INSTALLED := .venv/installed
INGESTED := .byline/sample-ingested

# The question travels in the environment, as it was typed: quotes, $ and ` mean nothing there.
unexport Q
ask: export QUESTION := $(value Q)

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## make .venv with every package at its locked version

ask: $(INGESTED) ## answer Q="..." from the sample library
	@$(BYLINE) ask --library $(SAMPLE) $(ARGS) -- "$$QUESTION"

chat: $(INGESTED) ## open the chat page on the sample library
	@BYLINE_SERVER__EXAMPLES='$(EXAMPLES)' $(BYLINE) serve --open --library $(SAMPLE) \
	    --gold examples/gold.jsonl $(ARGS)

test: $(INSTALLED) ## run every test; ARGS="-k dates" narrows
	@scripts/system-packages.sh --check
	@.venv/bin/python -m pytest $(ARGS)

check: $(INSTALLED) ## lint, formatting, types, and which package imports which
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

format: $(INSTALLED) ## put the code into the one format
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

eval: $(INGESTED) ## score the gold set of the examples
	@$(BYLINE) eval run --gold examples/gold.jsonl --library $(SAMPLE) $(ARGS)

bench: $(INSTALLED) ## measure speed beside plain LlamaIndex
	@.venv/bin/python -m benchmarks $(ARGS)

bench-quality: $(INSTALLED) ## measure answers into docs/benchmarks.md; ARGS="--sample 300": more
	@.venv/bin/python -m benchmarks.quality $(ARGS)

screenshots: $(INSTALLED) ## take the pictures of the page in docs/images anew
	@.venv/bin/python scripts/screenshots.py

train-reader: $(INSTALLED) ## train the small reader anew (hours; needs ../shared/data); resumable
	@scripts/train-reader.sh

lock: ## resolve the dependencies anew into requirements*.lock
	@PYTHON="$(PYTHON)" scripts/lock.sh

clean: ## remove .venv, the sample library, builds and caches
	@rm -rf .venv .byline build dist *.egg-info
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(INSTALLED): pyproject.toml requirements.lock requirements-dev.lock scripts/setup.sh
	@PYTHON="$(PYTHON)" scripts/setup.sh
	@touch $@

$(INGESTED): $(INSTALLED) $(ARTICLES)
	@echo "==> Reading the sample articles"
	@$(BYLINE) ingest examples/articles --library $(SAMPLE) --quiet
	@touch $@
