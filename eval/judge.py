"""A language model as a second opinion on what is right; off unless asked for.

The prompt is a file of this package; its hash and the model's name stand beside every figure, as a
judge is only comparable with itself.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.agreement import cohen_kappa, kappa_interval, noise
from eval.record import Record
from eval.report import answered
from ingest.errors import UserError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

Complete = Callable[[str], str]
"""A prompt to the model's reply."""

_VERDICT = re.compile(r"\b(RIGHT|WRONG)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Judged:
    """What the judge said of one case, each time it was asked."""

    case: str
    verdicts: tuple[bool | None, ...]
    """None for a reply that is neither RIGHT nor WRONG."""

    @property
    def right(self) -> bool | None:
        """What it said most often; None where that is no verdict, or a tie."""
        counted = Counter(self.verdicts).most_common(2)
        tied = len(counted) == 2 and counted[0][1] == counted[1][1]
        return None if tied else counted[0][0]


def completing(llm: "LLM", enough: Callable[[str], bool] = lambda reply: False) -> Complete:
    """Asks `llm`; streamed, as Byline's drafts are, so that its errors say what to do.

    The reply is read until it is `enough`: small models go on about a verdict they have given.
    """

    def complete(text: str) -> str:
        reply = ""
        for chunk in llm.stream_complete(text):
            reply = chunk.text
            if enough(reply):
                break
        return reply

    return complete


def prompt(name: str = "judge") -> str:
    """A prompt of `eval/prompts`."""
    return files("eval.prompts").joinpath(f"{name}.txt").read_text(encoding="utf-8")


def prompt_hash() -> str:
    """12 hex digits of the judge's prompt."""
    return hashlib.sha256(prompt().encode()).hexdigest()[:12]


def model_digest(llm: "LLM") -> str:
    """12 hex digits of a model that is a file here; empty for one that somebody serves."""
    path = Path(str(getattr(llm, "path", "")))
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


def judge(record: Record, complete: Complete, repeats: int = 1) -> Judged:
    """Ask `repeats` times whether the answer of `record` is right; a crash is wrong unasked."""
    case = record.case
    if record.answer is None:
        return Judged(case.id, (False,) * repeats)
    quotes = [quote for source in case.gold for quote in source.quotes]
    asked = prompt().format(
        question=case.question,
        answers=" | ".join(case.answers) or "(none)",
        quotes=" | ".join(quotes) or "(none)",
        answer=answered(record),
    )
    return Judged(case.id, tuple(verdict(complete(asked)) for _ in range(repeats)))


def has_verdict(reply: str) -> bool:
    """Whether a reply, whole or begun, holds its verdict."""
    # The word must have ended: a reply that is still growing may say "RIGHTLY".
    return verdict(reply) is not None and not reply[-1:].isalpha()


def verdict(reply: str) -> bool | None:
    """The first RIGHT or WRONG of a reply; None without one."""
    found = _VERDICT.search(reply)
    return found.group(1).upper() == "RIGHT" if found else None


def summary(
    judged: Sequence[Judged], records: Sequence[Record], labels: Mapping[str, bool] | None = None
) -> dict[str, Any]:
    """Share right, unreadable and unsteady verdicts, and kappa with our rules and a person.

    `labels` are a person's, by case id. Cases without a verdict are left out of the kappas; the
    interval is that of the bootstrap.
    """
    ruled = {record.case.id: record.right for record in records}
    given = {j.case: j.right for j in judged if j.right is not None}
    by_person = [(given[name], right) for name, right in (labels or {}).items() if name in given]
    return {
        "cases": len(judged),
        "right": sum(given.values()) / len(given) if given else None,
        "without_verdict": len(judged) - len(given),
        "noise": noise({j.case: j.verdicts for j in judged}),
        "kappa_with_rules": cohen_kappa([(right, ruled[name]) for name, right in given.items()]),
        "kappa_with_person": cohen_kappa(by_person),
        "kappa_with_person_95": kappa_interval(by_person),
        "labelled": len(by_person),
        "prompt_hash": prompt_hash(),
    }


def read_labels(path: Path) -> dict[str, bool]:
    """A person's labels: JSON Lines of `{"id": …, "right": true}`. Raises UserError."""
    labels = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            name, right = record["id"], record["right"]
        except (ValueError, KeyError, TypeError) as error:
            raise UserError(f'{path}:{number}: write {{"id": "…", "right": true}}') from error
        if not isinstance(right, bool):
            raise UserError(f"{path}:{number}: `right` is true or false")
        labels[name] = right
    return labels
