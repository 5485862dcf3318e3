from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.sentences import split_sentences
from rag.joined import LONGEST, leans, widened, with_neighbours
from rag.types import Evidence
from tests.fakes import evidence

TEXT = (
    "The pier at Orle leaks. It will cost £6 million to mend. Odile Brand built it.\n\n"
    "“The town knew,” she said. “It did nothing.” The prizes:\n\n- Gold: Anna Moe\n- Tin: Bo Ek\n\n"
    "The mayor was away."
)


def sentence(words: str, text: str = TEXT) -> Evidence:
    start = text.index(words)
    whole = evidence(text)
    return replace(whole, text=words, start=start, end=start + len(words))


def test_a_pronoun_brings_the_sentence_before_it() -> None:
    found = widened(sentence("It will cost £6 million to mend."))
    assert found.text == "The pier at Orle leaks. It will cost £6 million to mend."
    assert found.hit.article.text[found.start : found.end] == found.text


def test_what_stands_by_itself_stays_as_it_is() -> None:
    for words in ("The pier at Orle leaks.", "Odile Brand built it.", "The mayor was away."):
        item = sentence(words)
        assert widened(item) is item


def test_a_colon_brings_the_list_it_announces() -> None:
    found = widened(sentence("The prizes:"))
    assert found.text == "The prizes:\n\n- Gold: Anna Moe\n- Tin: Bo Ek"


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("A man spoke. He was wet.", True),
        ("A flood came. Three days earlier the dam broke.", True),
        ("A flood came. But nobody fled.", True),
        ("“It broke. Everybody ran,” said Moe.", True),
        ("A flood came. It is not known who was hurt.", False),
        ("A flood came. Ida Moe saw it.", False),
        ("The town voted. The council wanted it grey.", True),
    ],
)
def test_what_leans_on_the_sentence_before_it(text: str, leaning: bool) -> None:
    start, end = split_sentences(text)[1] if not text.startswith("“") else (11, len(text))
    assert leans(text, start, end) is leaning


def test_no_words_are_quoted_twice() -> None:
    first, second = (
        sentence("The pier at Orle leaks."),
        sentence("It will cost £6 million to mend."),
    )
    assert [i.text for i in with_neighbours([second, first])] == [f"{first.text} {second.text}"]
    # The better sentence stays as it is; what leans on it stands behind it.
    assert [i.text for i in with_neighbours([first, second])] == [first.text, second.text]
    heading, line = sentence("The prizes:"), sentence("- Tin: Bo Ek")
    assert [i.text for i in with_neighbours([line, heading])] == [widened(heading).text]


def test_a_quote_does_not_grow_beyond_all_measure() -> None:
    text = f"The pier {'creaked and ' * 60}leaked. It fell."
    item = sentence("It fell.", text)
    assert widened(item) is item


@settings(deadline=None)
@given(st.text(alphabet="Ithe .:\n-“”a", max_size=200))
def test_a_widened_quote_is_the_articles_words(text: str) -> None:
    for start, end in split_sentences(text):
        item = replace(evidence(text), text=text[start:end], start=start, end=end)
        found = widened(item)
        assert found.start <= start < end <= found.end
        assert text[found.start : found.end] == found.text
        assert len(found.text) <= 4 * LONGEST
