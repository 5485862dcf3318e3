from dataclasses import replace

import numpy as np

from rag.answerable import LOWEST, signs
from rag.question import read_question
from rag.reading import Reading, Span, Stretch
from rag.types import Evidence
from tests.fakes import evidence


def found(text: str, *, answer: str = "", logit: float = 0.0, identity: str = "a1") -> Evidence:
    """A sentence with an answer of the reader's; `logit` is its score and the relevance."""
    item = evidence(text, identity=identity, title="Harbour news")
    half = np.array([logit / 2], np.float32)
    reading = Reading(logit, 0.5, (Stretch(half, half, np.array([[0, 1]])),))
    passage = replace(item.hit.passage, id=identity)
    start = text.index(answer)
    return replace(
        item,
        hit=replace(item.hit, reading=reading, passage=passage),
        answer=Span(start, start + len(answer), logit) if answer else None,
    )


def test_the_best_of_all_the_sentences() -> None:
    items = [found("Moe rang the bell.", answer="Moe", logit=1.0), found("Nils sang.", logit=2.0)]
    told = signs(read_question("Who rang?"), items)
    assert (told["span"], told["relevance"]) == (1.0, 2.0)
    bare = [replace(items[0], answer=None, hit=replace(items[0].hit, reading=None))]
    told = signs(read_question("Who rang?"), bare)
    assert (told["span"], told["relevance"]) == (LOWEST, LOWEST)


def test_passages_agree_where_they_give_the_same_answer_in_other_words() -> None:
    best = found("Ida Moe rang the bell.", answer="Ida Moe", logit=3.0)
    same = found("The bell was rung by Ida Moe.", answer="Ida Moe", logit=1.0, identity="a2")
    copied = found("Ida Moe rang the bell.", answer="Ida Moe", logit=1.0, identity="a3")
    other = found("Nils rang the bell.", answer="Nils", logit=1.0, identity="a4")
    unsure = found("Was it Ida Moe who rang?", answer="Ida Moe", logit=-1.0, identity="a5")
    question = read_question("Who rang the bell?")
    assert signs(question, [best, same, copied, other, unsure])["agreeing"] == 0.5
    assert signs(question, [best, copied, other, unsure])["agreeing"] == 0.0


def test_names_and_numbers_of_the_question_are_looked_for() -> None:
    item = found("Ida Moe rang the bell 12 times in Oslo.")
    told = signs(read_question("Did Ida Moe ring twelve times in Bergen?"), [item])
    assert (told["names_untold"], told["numbers_untold"]) == (0.5, 0.0)
    told = signs(read_question("Who did not ring 13 times?"), [item])
    assert (told["names_untold"], told["numbers_untold"]) == (0.0, 1.0)
