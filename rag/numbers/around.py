"""What stands in front of a number."""


def words_before(text: str, place: int) -> str:
    """The words just before `place`: all that a cue needs, however long the text."""
    return text[max(0, place - 40) : place]


def is_named(text: str, start: int) -> bool:
    """Whether the word at `start` is capitalised within a sentence: "Big Five", "First Lady"."""
    before = words_before(text, start).rstrip()
    return text[start].isupper() and before != "" and before[-1] not in '.!?:“"‘(—'
