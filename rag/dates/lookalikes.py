"""Words that only look like dates: the name May, a count of 2000 boats, Black Friday."""

import re

_MONTH_CUE = re.compile(
    r"\b(?:since|by|until|till|from|of|to|during|between|before|after|through|for|on)\s$", re.I
)
_SURE_YEAR_CUE = re.compile(r"\b(?:in|since|during|early|late|mid|year)[\s-]$", re.I)
_QUANTITY_CUE = re.compile(
    r"(?:\b(?:about|around|some|nearly|almost|over|than|least|most|only|just|roughly|approximately"
    r"|another|up to|extra|estimated|to about|to around)\s|[$£€¥]\s?)$",
    re.I,
)
_UNIT_AFTER = re.compile(
    r"[\s-](?:(?:such|more|other|[a-z]+(?:an|ese|ish|ed|ic|al|ing))\s)?"
    r"(?:people|men|women|children|police|troops|(?!is\b|was\b|has\b|as\b|its\b|his\b|this\b)"
    r"[a-z]+(?<![su])s\b|km|m|kg|ft|mph|kph|MW|GW|tons?|tonnes?|million|billion|per\b|GMT|hours?\b)"
)


def is_date(text: str, match: re.Match[str], said: dict[str, str]) -> bool:
    """Whether `match`, which `said` these groups, is a date where it stands in `text`."""
    before = text[max(0, match.start() - 40) : match.start()]
    after = text[match.end() : match.end() + 60]
    if set(said) == {"wd"}:
        return not re.search(r"\b(?:Black|Good|Bloody|Super|Ash|Palm|Easter|Cyber)\s$", before)
    if set(said) == {"m"}:
        if match.group().startswith(("In ", "in ")) or _MONTH_CUE.search(before):
            return True
        return said["m"] not in ("May", "March") and not re.match(r"\s[A-Z]", after)
    if "y2" in said:
        return int(said["y2"]) % 100 > int(said["y"]) % 100 or len(said["y2"]) == 4
    if set(said) == {"y"}:
        return _is_year(before + match.group()[:-4], after)
    return True


def _is_year(before: str, after: str) -> bool:
    """Whether four digits are a year rather than an amount ("around 2000 such drones")."""
    if _QUANTITY_CUE.search(before):
        return False
    if _UNIT_AFTER.match(after):
        certain = re.search(r"\b(?:the|its|his|her|their|our|['’]s)\s$", before, re.I)
        return bool(certain or _SURE_YEAR_CUE.search(before))
    return True
