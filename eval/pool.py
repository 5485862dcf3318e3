"""Runs of the same questions taken together, so that a baseline knows more than one machine."""

from collections.abc import Sequence
from dataclasses import replace

from eval.compare import pair
from eval.record import Record, Run
from eval.run import means
from ingest.errors import UserError


def pooled(runs: Sequence[Run]) -> Run:
    """One run with the asks of all of `runs`; answers, times and names are those of the first.

    So a question that is answered otherwise on another machine counts as one whose answer varies,
    and the gate does not take it for a loss. Raises UserError where the runs are not of the same
    code, settings, articles and questions.
    """
    first, *others = runs
    for other in others:
        names = ("code_hash", "settings_hash", "library_fingerprint")
        apart = [n for n in names if getattr(first.provenance, n) != getattr(other.provenance, n)]
        if apart or len(pair(first, other)[0]) != len(first.records):
            what = ", ".join(name.replace("_", " ") for name in apart) or "questions"
            raise UserError(
                f"{other.provenance.name} differs from {first.provenance.name} in its {what}: "
                "make both anew from the same code"
            )
    by_id = [{record.case.id: record for record in run.records} for run in runs]
    same = [[known[record.case.id] for known in by_id] for record in first.records]
    machines = dict.fromkeys(str(run.provenance.machine.get("arithmetic", "")) for run in runs)
    machine = {**first.provenance.machine, "arithmetic": " and ".join(filter(None, machines))}
    repeats = sum(run.provenance.repeats for run in runs)
    origin = replace(first.provenance, repeats=repeats, machine=machine)
    return Run(tuple(_together(records) for records in same), origin)


def _together(records: Sequence[Record]) -> Record:
    samples = tuple(scores for r in records for scores in (r.samples or (r.scores,)))
    error = next((record.error for record in records if record.error), "")
    return replace(records[0], scores=means(samples), samples=samples, error=error)
