"""The past tense of "did VERB", enough English for made sentences."""

from __future__ import annotations

import re

IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "be:was become:became begin:began break:broke bring:brought build:built buy:bought "
        "catch:caught choose:chose come:came cost:cost cut:cut deal:dealt die:died "
        "draw:drew drive:drove eat:ate fall:fell feel:felt fight:fought find:found fly:flew "
        "forbid:forbade get:got give:gave go:went grow:grew have:had hear:heard hit:hit "
        "hold:held keep:kept know:knew lay:laid lead:led learn:learned leave:left lend:lent "
        "let:let lie:lay lose:lost make:made mean:meant meet:met pay:paid put:put read:read "
        "ride:rode rise:rose run:ran say:said see:saw seek:sought sell:sold send:sent set:set "
        "show:showed sing:sang sit:sat speak:spoke spend:spent spread:spread stand:stood "
        "steal:stole take:took teach:taught tell:told think:thought throw:threw "
        "understand:understood wear:wore win:won write:wrote undergo:underwent agree:agreed"
    ).split()
)
REGULAR = set(
    "accept achieve acquire add adopt allow announce appear apply approve argue arrive ask attack "
    "attempt attend base believe belong call capture cause change claim combine complete compose "
    "conquer consider contain continue control convert cover create cross declare defeat define "
    "deny depend describe design destroy develop discover divide earn employ enable encourage end "
    "enter establish estimate exist expand expect explain explore express fail favor fear finish "
    "follow force form found gain graduate happen help hope host identify impact implement improve "
    "include increase inspire intend introduce invade invent invest involve issue join kill land "
    "launch live locate look maintain marry migrate move name need occur offer open operate "
    "oppose order originate own participate pass perform place plan play point practice prefer "
    "prevent produce promise promote propose prove provide publish purchase push reach receive "
    "record reduce refer refuse regain reject release rely remain remove replace report represent "
    "request require resign result return reveal rule search separate serve settle share sign stay "
    "start state stop struggle study suffer suggest support surrender threaten trade train travel "
    "try turn use view visit vote want warn watch work".split()
)


def past(clause: str) -> str | None:
    """Turns "X conquer Y" into "X conquered Y": the first known base form after the first word."""
    words = clause.split()
    for at, word in enumerate(words[1:], start=1):
        base = word.lower()
        if base in IRREGULAR or base in REGULAR:
            words[at] = IRREGULAR.get(base) or _regular(base)
            return " ".join(words)
    return None


def _regular(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ied"
    return {"stop": "stopped", "plan": "planned", "occur": "occurred", "refer": "referred",
            "prefer": "preferred", "permit": "permitted"}.get(base, base + "ed")  # fmt: skip
