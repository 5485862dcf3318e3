"""Many people asking at once: `python -m benchmarks.crowd`, in real browsers, the default models.

Each person has a tab of their own in Chromium, known to the server by name as behind a proxy; all
press Enter at the same moment, one of them in several tabs. Every tab notes what its reader sees,
and when. Then they ask again, and half of them close their tab while they wait. The browser runs on
the same machine as the server, and takes part of its time.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser import chromium
from ui.conversations import Conversations
from ui.turn import Turn

EXAMPLES = Path(__file__).parent.parent / "examples"
HEADER = "X-Reader"
GREEDY_TABS = 4
"""So many tabs has the person who asks more than the others at once."""
MOST_SECONDS = 300
WATCH = """
window.heard = [];
new MutationObserver(() => {
  const turn = [...document.querySelectorAll('.by-turn')].pop();
  if (!turn) return;
  const said = turn.querySelector('.by-act') ? 'done' : turn.querySelector('.by-status')?.innerText;
  if (said && said !== heard.at(-1)?.[1]) heard.push([Date.now() / 1000, said]);
}).observe(document, { childList: true, subtree: true, characterData: true });
"""
ASK = """
([question, at]) => {
  const box = document.querySelector('#by-ask textarea');
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box, question);
  box.dispatchEvent(new Event('input', { bubbles: true }));
  window.heard = [];
  const ask = () => document.querySelector('#by-ask .submit-button').click();
  setTimeout(ask, at * 1000 - Date.now());
}
"""


def main() -> None:
    """Print what the people saw."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        figures = crowd(browser, Path(folder) / "library", chosen.people)
    if chosen.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:34} {value:>10,}")


def crowd(browser: Browser, library: Path, people: int) -> dict[str, float]:
    """The figures of one evening."""
    questions = [json.loads(line)["question"] for line in (EXAMPLES / "gold.jsonl").open()]
    with served(library) as (address, server):
        names = [f"reader {n}" for n in range(people)] + ["reader 0"] * (GREEDY_TABS - 1)
        pages = [opened(browser, address, name) for name in names]
        asked = [questions[n % len(questions)] for n in range(len(pages))]
        at = ask_all(pages, asked)
        seen = [heard(page) for page in pages]
        alone = [answer_alone(address, question) for question in asked]
        shown = [answer_shown(page) for page in pages]
        kept = Conversations(library / "conversations.sqlite")
        arrived, ended = zip(
            *(n for name in set(names) for n in on_server(kept, name)), strict=True
        )
        kept.close()
        figures = {
            "people": people,
            "tabs": len(pages),
            **told(seen[:people], at, "one_each"),
            "server_heard_s_worst": round(max(arrived) - at, 1),
            "server_answered_s_median": round(statistics.median(ended) - at, 1),
            "server_answered_s_worst": round(max(ended) - at, 1),
            "answered": sum(bool(said) for said in shown),
            "answered_as_alone": sum(a == b for a, b in zip(shown, alone, strict=True)),
            "greedy_last_answered_s": round(max(done(s) for s in seen[people:]) - at, 1),
            # Who asks more than the others falls behind them; nobody else does.
            "others_places_that_rose": sum(not falls(places(s)) for s in seen[1:people]),
        }
        figures |= half_leave(pages[:people], questions[people:], server, library)
    return figures


def half_leave(
    pages: Sequence[Page], questions: Sequence[str], server: int, library: Path
) -> dict[str, float]:
    """Everybody asks again; every other person closes the tab as soon as all have asked."""
    asked = [questions[n % len(questions)] for n in range(len(pages))]
    kept = Conversations(library / "conversations.sqlite")
    before = {c.id for n in range(len(pages)) for c in kept.listed(f"reader {n}")}
    new(pages)
    at = ask_all(pages, asked, wait=False)
    for page in pages[1::2]:
        page.wait_for_function("heard.length > 0")
    for page in pages[1::2]:
        page.close()
    closed = time.time()
    seen = [heard(page) for page in pages[::2]]
    used = cpu_seconds(server)
    time.sleep(3)
    turns = [turn for n in range(len(pages)) for turn in last_turns(kept, n, before)]
    leavers, stayers = turns[1::2], turns[::2]
    kept.close()
    return {
        **told(seen, at, "others_left"),
        "tabs_closed_after_s": round(closed - at, 1),
        "leavers_answered_all_the_same": sum(turn.answer is not None for turn in leavers),
        "leavers_stopped": sum(turn.stopped for turn in leavers),
        "stayers_answered": sum(turn.answer is not None for turn in stayers),
        "cpu_s_in_the_3_s_after": round(cpu_seconds(server) - used, 2),
    }


def on_server(kept: Conversations, name: str) -> Iterator[tuple[float, float]]:
    """When each question of a person came to the server, and when its answer was kept."""
    for conversation in kept.listed(name):
        asked = kept.turns(conversation.id)[-1].asked
        yield asked.timestamp(), conversation.changed.timestamp()


def last_turns(kept: Conversations, number: int, before: set[str]) -> Iterator[Turn]:
    """The turn of a person's newest conversation."""
    for conversation in kept.listed(f"reader {number}"):
        if conversation.id not in before:
            yield kept.turns(conversation.id)[-1]


def told(seen: Sequence[Sequence[tuple[float, str]]], at: float, what: str) -> dict[str, float]:
    """When people saw something, and their answer; how many were told a place in the line."""
    firsts = [heard[0][0] - at for heard in seen]
    ends = [done(heard) - at for heard in seen]
    return {
        f"{what}_first_sign_s_median": round(statistics.median(firsts), 2),
        f"{what}_first_sign_s_worst": round(max(firsts), 2),
        f"{what}_told_a_place": sum(bool(places(heard)) for heard in seen),
        f"{what}_answered_s_median": round(statistics.median(ends), 1),
        f"{what}_answered_s_worst": round(max(ends), 1),
    }


def places(heard: Sequence[tuple[float, str]]) -> list[int]:
    """The places in the line that a person was told, in their order."""
    words = [said for _, said in heard]
    found = []
    for said in words:
        if said.startswith("You are next"):
            found.append(1)
        elif said.startswith("Waiting: number "):
            found.append(int(said.split()[2]))
    return found


def falls(numbers: Sequence[int]) -> bool:
    """Whether no place is behind the one before it."""
    return all(later <= earlier for earlier, later in pairwise(numbers))


def done(heard: Sequence[tuple[float, str]]) -> float:
    """When the answer was whole."""
    return next(at for at, said in heard if said == "done")


def ask_all(pages: Sequence[Page], questions: Sequence[str], wait: bool = True) -> float:
    """Ask in all tabs at one moment; that moment, in seconds since 1970."""
    at = time.time() + 1 + 0.05 * len(pages)
    for page, question in zip(pages, questions, strict=True):
        page.evaluate(ASK, [question, at])
    if wait:
        for page in pages:
            finished(page)
    return at


def finished(page: Page) -> None:
    """Wait until the answer is whole."""
    page.wait_for_function("heard.at(-1)?.[1] === 'done'", timeout=MOST_SECONDS * 1000)


def heard(page: Page) -> list[tuple[float, str]]:
    """What a tab has shown since the question, each with its moment."""
    finished(page)
    return [(at, said) for at, said in page.evaluate("heard")]


def new(pages: Sequence[Page]) -> None:
    """A new conversation in each tab."""
    for page in pages:
        page.evaluate("byline.open('')")
    for page in pages:
        page.wait_for_function("!document.querySelector('.by-turn')")


def answer_shown(page: Page) -> str:
    """The sentences of the answer on the page, or why there is none."""
    script = """() => [...document.querySelectorAll('.by-sentence, .by-reason')].map((e) => {
      const copy = e.cloneNode(true);
      copy.querySelectorAll('.by-cite, .by-label').forEach((mark) => mark.remove());
      return copy.textContent;
    }).join('|')"""
    return str(page.evaluate(script))


def answer_alone(address: str, question: str) -> str:
    """The same of an answer to nobody else."""
    body = json.dumps({"question": question}).encode()
    headers = {"Content-Type": "application/json", HEADER: "nobody"}
    request = urllib.request.Request(f"{address}/api/ask", body, headers)
    with urllib.request.urlopen(request, timeout=60) as reply:
        answer: dict[str, Any] = json.load(reply)
    shown = [s["text"] for s in answer["sentences"] if s["verdict"] != "dropped"]
    return "|".join(shown or [answer["reason"]])


def opened(browser: Browser, address: str, name: str) -> Page:
    """The page as a person of this name sees it, ready for a question."""
    context = browser.new_context(extra_http_headers={HEADER: name}, reduced_motion="reduce")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Your question").wait_for()
    page.locator(".by-list p, .by-list ul").first.wait_for(state="attached")
    return page


@contextmanager
def served(library: Path) -> Iterator[tuple[str, int]]:
    """`byline serve` on the sample articles, in a process of its own; address and process id."""
    byline = [sys.executable, "-m", "ui.cli"]
    articles = str(EXAMPLES / "articles")
    subprocess.run([*byline, "ingest", articles, "-l", str(library), "-q"], check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = {**os.environ, "BYLINE_SERVER__USER_HEADER": HEADER}
    server = subprocess.Popen([*byline, "serve", "-l", str(library), "--port", str(port)], env=told)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{address}/health"):
                    break
            except OSError:
                time.sleep(0.1)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait()


def cpu_seconds(process: int) -> float:
    """The processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
