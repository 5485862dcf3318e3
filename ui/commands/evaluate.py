"""`byline eval`: the assistant measured against a gold set."""

import typer

app = typer.Typer(help="Measure the assistant against gold questions.")
