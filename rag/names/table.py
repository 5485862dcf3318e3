"""Which phrases give which names: "Iranian" and "Tehran" give Iran."""

from rag.names.fold import as_phrase, folded_words
from rag.names.known import COUNTRIES, SAME


def _spellings(row: str) -> list[str]:
    return [
        as_phrase(folded_words(name)) for name in row.replace("\n", " ").split(",") if name.strip()
    ]


def _support_table() -> dict[str, frozenset[str]]:
    """For each folded name the phrases that, standing in a text, give that name."""
    table: dict[str, frozenset[str]] = {}
    for row in SAME.split(";"):
        names = frozenset(_spellings(row))
        table |= {name: table.get(name, frozenset()) | names for name in names}
    for row in COUNTRIES.split(";"):
        countries, demonyms, capitals = (_spellings(field) for field in row.split(":"))
        names = frozenset(countries + demonyms + [demonym + "s" for demonym in demonyms])
        given = names.union(capitals)
        table |= {name: table.get(name, frozenset()) | given for name in names}
        table |= {capital: table.get(capital, frozenset()) | {capital} for capital in capitals}
    return table


GIVEN_BY = _support_table()
