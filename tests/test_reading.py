import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading import LONGEST_ANSWER, NO_SPAN, Reading, Span, Stretch, whole_words


def stretch(starts: list[float], ends: list[float], width: int = 4, first: int = 0) -> Stretch:
    """Tokens of `width` characters, side by side, from the character `first` on."""
    offsets = [(first + at * width, first + (at + 1) * width) for at in range(len(starts))]
    return Stretch(
        np.array(starts, np.float32),
        np.array(ends, np.float32),
        np.array(offsets, np.int64).reshape(-1, 2),
    )


def reading(*stretches: Stretch) -> Reading:
    return Reading(0.0, 0.5, stretches)


def test_the_best_span_worked_by_hand() -> None:
    one = reading(stretch([0, 5, 1, 0], [4, 0, 3, 0]))
    # Start 1 and end 2 sum to 8; start 1 and end 0 would sum to 9, but end before they start.
    assert one.best_span() == Span(4, 12, 8.0)


def test_a_span_can_be_asked_of_a_part_of_the_passage() -> None:
    one = reading(stretch([0, 5, 1, 2], [4, 0, 3, 1]))
    assert one.best_span(8, 16) == Span(8, 12, 4.0)
    assert one.best_span(8) == one.best_span(8, 16)
    assert one.best_span(0, 6) == Span(0, 4, 4.0)


def test_where_no_token_is_there_is_no_span() -> None:
    assert reading(stretch([], [])).best_span().score == NO_SPAN
    assert reading(stretch([9.0], [9.0])).best_span(1, 3) == Span(1, 1, NO_SPAN)
    assert Reading(0.0, 1.0, ()).best_span().score == NO_SPAN


def test_of_two_stretches_the_better_span_counts() -> None:
    one = reading(stretch([1, 1], [1, 1]), stretch([3, 1], [3, 1], first=4))
    assert one.best_span() == Span(4, 8, 6.0)


def test_an_answer_has_at_most_thirty_tokens() -> None:
    far = LONGEST_ANSWER + 5
    starts, ends = [9.0] + [0.0] * far, [0.0] * far + [9.0]
    span = reading(stretch(starts, ends)).best_span()
    assert span.end - span.start <= 4 * LONGEST_ANSWER


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=40), st.data())
def test_the_best_span_is_the_best_of_all(logits: list[tuple[float, float]], data: st.DataObject):
    starts, ends = (list(side) for side in zip(*logits, strict=True))
    first = data.draw(st.integers(0, len(starts) - 1))
    last = data.draw(st.integers(first, len(starts) - 1))
    found = reading(stretch(starts, ends)).best_span(4 * first, 4 * last + 4)
    by_hand = max(
        np.float32(starts[i]) + np.float32(ends[j])
        for i in range(first, last + 1)
        for j in range(i, min(last + 1, i + LONGEST_ANSWER))
    )
    assert found.score == pytest.approx(float(by_hand))
    assert 4 * first <= found.start < found.end <= 4 * last + 4


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(5, 7, "2,000"), (0, 3, "about"), (4, 9, "about 2,000"), (11, 13, "drones")],
)
def test_words_are_never_cut(start: int, end: int, expected: str) -> None:
    text = "about 2,000 drones"
    left, right = whole_words(text, start, end)
    assert text[left:right].strip(" ,") in (expected, expected.split(",")[0])
    assert left == 0 or not (text[left - 1].isalnum() and text[left].isalnum())
    assert right == len(text) or not (text[right].isalnum() and text[right - 1].isalnum())


def test_a_number_is_a_whole_word() -> None:
    text = "By dawn 1,240 people, 3.5 tonnes. In 2024, 5 left"
    assert whole_words(text, text.index("240"), text.index("240") + 3) == (8, 13)
    assert whole_words(text, text.index("1,"), text.index("1,") + 1) == (8, 13)
    assert whole_words(text, text.index("3."), text.index("3.") + 1) == (22, 25)
    year = text.index("2024")
    assert whole_words(text, year, year + 4) == (year, year + 4)
