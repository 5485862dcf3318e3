"""Turns a question and its answer into a sentence that states the answer.

A handful of patterns cover about half of SQuAD's questions; the others give None. After the idea
of QA2D (Demszky, Guu and Liang 2018), by rule, without a parser.
"""

from __future__ import annotations

import re

from training.reader.verbs import past

AUX = "is|are|was|were|has|have|had|can|could|will|would|should|may|might|must"
DO = "did|does|do"
PREPOSITIONS = {
    "in", "on", "at", "by", "from", "near", "during", "since", "around", "between", "after",
    "before", "until", "within", "for", "with", "to", "through", "of", "about",
}  # fmt: skip
PARTICIPLE = re.compile(
    r"\b(\w+ed|born|built|begun|found|held|made|written|known|given|taken|seen|sent|sold|won|lost|"
    r"put|set|shown|spoken|drawn|driven|grown|led|left|met|paid|told|brought|bought|caught|located|"
    r"chosen|cut|fought|kept|laid|sung|thought|torn|worn|released|being)\b"
)


def statement(question: str, answer: str, before: str) -> str | None:
    """A sentence, or None; `before` is the passage up to the answer (it lends its preposition)."""
    asked = re.sub(r"\s+", " ", question).split("?")[0].strip().rstrip(". ")
    answer = answer.strip().rstrip(".,;")
    if not asked or not answer or len(answer) > 120:
        return None
    for pattern, build in RULES:
        if found := pattern.match(asked):
            made = build(found, answer, _preposition(before, answer))
            return _finish(made) if made else None
    return None


def _preposition(before: str, answer: str) -> str:
    if answer.split()[0].lower() in PREPOSITIONS:
        return ""
    words = re.findall(r"[A-Za-z]+", before[-30:])
    words = [word for word in words if word.lower() not in ("the", "a", "an")]
    last = words[-1].lower() if words else ""
    return last if last in PREPOSITIONS - {"of", "to"} else ""


def _finish(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return text[0].upper() + text[1:] + "."


def _verb_first(found: re.Match[str], answer: str, preposition: str) -> str | None:
    """Who|What VERB rest: the answer is the subject."""
    rest = found["rest"]
    return f"{answer} {rest}" if len(rest.split()) >= 2 else None


def _copula(found: re.Match[str], answer: str, preposition: str) -> str | None:
    """Who|What is rest: "the rest is ANSWER" for a noun phrase, else "ANSWER is rest"."""
    aux, rest = found["aux"], found["rest"]
    words = rest.split()
    if len(words) < 2:
        return f"{rest} {aux} {answer}"
    noun = words[0].lower() in {"the", "a", "an", "one", "another", "his", "her", "its", "their"}
    if re.fullmatch("called|known|named|referred to as|known as", _tail(rest)):
        return _placed(rest, aux, answer, "")
    if noun and words[-1].lower() not in PREPOSITIONS:
        return f"{rest} {aux} {answer}"
    if PARTICIPLE.match(words[0]) or words[0].lower() in PREPOSITIONS:
        return f"{answer} {aux} {rest}"
    if words[-1].lower() in PREPOSITIONS or PARTICIPLE.match(words[-1]):
        return _placed(rest, aux, answer, "")
    return f"{rest} {aux} {answer}" if words[0][0].isupper() else f"{answer} {aux} {rest}"


def _tail(rest: str) -> str:
    found = re.search(r"(called|known as|known|named|referred to as)$", rest)
    return found.group() if found else ""


def _did(found: re.Match[str], answer: str, preposition: str) -> str | None:
    """... did SUBJECT VERB rest: the answer is the object or an adverbial."""
    rest = found["rest"]
    body = past(rest) if found["aux"].lower() == "did" else rest
    if body is None or rest.endswith(" do"):
        return None
    return f"{body} {preposition} {answer}"


def _in_what(found: re.Match[str], answer: str, preposition: str) -> str | None:
    """In what year was|did ...: "... in ANSWER"."""
    lead, aux, rest = found["lead"].lower(), found["aux"].lower(), found["rest"]
    if answer.split()[0].lower() in PREPOSITIONS:
        lead = ""
    if aux in DO.split("|"):
        body = past(rest) if aux == "did" else None
        return f"{body} {lead} {answer}" if body else None
    return _placed(rest, aux, f"{lead} {answer}", "")


def _adverbial(found: re.Match[str], answer: str, preposition: str) -> str | None:
    """When|Where was SUBJECT PARTICIPLE: the auxiliary goes before the participle."""
    default = "in" if found["wh"].lower() == "where" or re.fullmatch(r"\d{4}", answer) else ""
    if answer.split()[0].lower() in PREPOSITIONS:
        default = preposition = ""
    return _placed(found["rest"], found["aux"], answer, preposition or default)


def _placed(rest: str, aux: str, answer: str, preposition: str) -> str | None:
    verbs = [one for one in PARTICIPLE.finditer(rest) if one.start() > 0]
    if verbs:
        at = verbs[-1].start()
        return f"{rest[:at]}{aux} {rest[at:]} {preposition} {answer}"
    return f"{rest} {aux} {preposition} {answer}"


def _how_many(found: re.Match[str], answer: str, preposition: str) -> str | None:
    """How many NOUN did SUBJECT VERB, or How many NOUN VERB."""
    noun, rest = found["noun"], found["rest"]
    counted = answer if noun.split()[-1].lower() in answer.lower() else f"{answer} {noun}"
    if found["aux"].lower() in DO.split("|"):
        body = past(rest) if found["aux"].lower() == "did" else rest
        return f"{body} {counted}" if body else None
    if rest.lower().startswith("there"):
        return f"there {found['aux']} {counted} {rest[5:]}"
    return f"{counted} {found['aux']} {rest}"


def _end(found: re.Match[str], answer: str, preposition: str) -> str | None:
    """A question that keeps its order: "... is located in what city"."""
    return f"{found['rest']} {answer}"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


RULES = [
    (_rule(r"(?P<lead>in|on|at|from|by|during|for|to|with) (what|which)( \w+){0,3}? "
           rf"(?P<aux>{DO}|{AUX}) (?P<rest>.+)$"), _in_what),
    (_rule(rf"how many (?P<noun>\w+( \w+)?) (?P<aux>{DO}|{AUX}) (?P<rest>.+)$"), _how_many),
    (_rule(rf"(?P<wh>when|where) (?P<aux>{DO}) (?P<rest>.+)$"), _did),
    (_rule(rf"(?P<wh>when|where) (?P<aux>{AUX}) (?P<rest>.+)$"), _adverbial),
    (_rule(rf"(what|which) year (?P<aux>{DO}) (?P<rest>.+)$"), _did),
    (_rule(rf"(who|whom|what) (?P<aux>{DO}) (?P<rest>.+)$"), _did),
    (_rule(rf"(who|what) (?P<aux>{AUX}) (?P<rest>.+)$"), _copula),
    (_rule(rf"(what|which)( \w+){{1,3}}? (?P<aux>{DO}) (?P<rest>.+)$"), _did),
    (_rule(rf"(what|which)( \w+){{1,3}}? (?P<rest>({AUX}) .+)$"), _verb_first),
    (_rule(r"(who|what) (?P<rest>\w+(ed|s|gave|led|won|made|took|wrote|built|held|ran|became|"
           r"began) .+)$"),
     _verb_first),
    (_rule(r"(?P<rest>(?!what|which|who|when|where|how|why|did|does|do|is|was|are|were|in |on |at )"
           r".+?) (what|which|who)( \w+){0,2}$"), _end),
]  # fmt: skip
