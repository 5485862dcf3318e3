"""Who says what of an answer, in words: other outlets, sides of a conflict, sources counted."""

from rag.statements import Conflict, Statement
from rag.types import Answer, Citation

DISAGREE = "The articles disagree"


def remarks(answer: Answer) -> str:
    """What is said beside the answer, without its conflicts: those are set out by themselves."""
    reason = answer.reason
    for conflict in answer.conflicts:
        reason = reason.replace(conflict.written(), "").strip()
    return reason


def sources_counted(answer: Answer) -> str:
    """How many sources of their own stand behind the answer; empty where there is but one."""
    copies = sum(statement.copy for citation in answer.citations for statement in citation.also)
    if answer.independent < 2 and not copies:
        return ""
    plural = "" if answer.independent == 1 else "s"
    counted = f"{answer.independent} independent source{plural}"
    return f"{counted}; copies are not counted." if copies else f"{counted}."


def also_in(citation: Citation) -> str:
    """Who else says what a citation says: "Also: Northgate Courier, 13 September 2024 (copy)"."""
    return f"Also: {'; '.join(map(told_by, citation.also))}"


def sides(conflict: Conflict) -> list[tuple[str, str]]:
    """Each value, and who gives it; the one to go by first."""
    return [
        (
            f"{position.value} (since corrected)" if position.corrected else position.value,
            "; ".join(map(told_by, position.statements)),
        )
        for position in conflict.positions
    ]


def told_by(statement: Statement) -> str:
    """Outlet and date, and whether it is a copy."""
    return f"{statement.outlet} (copy)" if statement.copy else statement.outlet
