"""`byline eval compare`: two runs, question by question, and the gate."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.eval_options import RunsOption, named_run
from ui.commands.options import JSONOption, LibraryOption, print_json

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.gate import Verdict

LOST = 3
"""Exit code of a gate that failed; 1 is a mistake in the request."""


def compare(
    a: Annotated[str, typer.Argument(help="The run to compare with: its name or its folder.")],
    b: Annotated[str, typer.Argument(help="The run that may be better or worse.")],
    library: LibraryOption = None,
    runs: RunsOption = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Exit with 3 if B lost significantly, beyond the margin.")
    ] = False,
    margin: Annotated[
        float, typer.Option("--margin", min=0, max=1, help="A loss that the gate lets pass.")
    ] = 0.01,
    alpha: Annotated[
        float, typer.Option("--alpha", min=0.0001, max=0.5, help="Chance of a false alarm.")
    ] = 0.05,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", help="Write the comparison as Markdown here.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write it as one HTML file that opens offline.")
    ] = None,
    as_json: JSONOption = False,
) -> None:
    """Say what run B won and lost against run A, question by question, and what may be chance."""
    from eval.compare import compare as compared
    from eval.gate import gate as judge

    old, new = named_run(a, library, runs), named_run(b, library, runs)
    found = compared(old, new)
    verdict = judge(old, new, margin, alpha) if gate else None
    if markdown:
        from eval.text import comparison_markdown

        markdown.write_text(comparison_markdown(found, verdict), encoding="utf-8")
    if html:
        from eval.compare_page import to_html

        html.write_text(to_html(found, verdict), encoding="utf-8", errors="backslashreplace")
    if as_json:
        print_json(found.to_dict() | ({"gate": verdict.to_dict()} if verdict else {}))
    else:
        _print(found, verdict)
    if verdict and not verdict.passed:
        raise typer.Exit(LOST)


def _print(found: "Comparison", verdict: "Verdict | None") -> None:
    from rich.console import Console

    from eval.text import comparison_terminal

    Console().print(comparison_terminal(found))
    for line in _verdict_lines(verdict):
        print(line)


def _verdict_lines(verdict: "Verdict | None") -> Iterator[str]:
    if verdict:
        yield f"Gate: {'passed' if verdict.passed else 'FAILED'}"
        yield from (f"  {reason}" for reason in verdict.reasons)
