"""`byline eval`: the assistant measured against gold questions, one function a subcommand."""

from collections.abc import Callable

import typer

from ui.commands import (
    eval_compare,
    eval_gold,
    eval_judge,
    eval_report,
    eval_run,
    eval_sweep,
    perturb,
)

app = typer.Typer(help="Measure the assistant against gold questions.", no_args_is_help=True)
COMMANDS: tuple[Callable[..., None], ...] = (
    eval_run.run, eval_compare.compare, eval_gold.validate, eval_report.report,
    eval_report.runs, eval_report.freeze, eval_report.export,
    eval_gold.draft, eval_sweep.sweep, eval_judge.judge, perturb.perturb,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)
app.command("import")(eval_gold.bring)
