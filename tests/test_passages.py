import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.embed import OpenVINOEmbedder
from ingest.passages import cut, embedded_texts, header, written
from ingest.sentences import split_sentences
from tests.fakes import WordEmbedder, article

WORDS = WordEmbedder()


def test_a_date_is_written_out() -> None:
    assert written(date(2022, 11, 5)) == "5 November 2022"
    assert written(None) == ""


def test_the_header_names_what_is_known() -> None:
    told = article("x", title="Bridge opens", source="Alder Post", published=date(2024, 5, 3))
    assert header(told) == "Bridge opens · Alder Post · 3 May 2024"
    assert header(article("x", title="Bridge opens")) == "Bridge opens"


def test_passages_hold_whole_sentences_and_overlap_by_one() -> None:
    text = "One two three. Four five six. Seven eight nine. Ten eleven twelve."
    passages = cut(article(text), "b", WORDS.count_tokens, window=2 + 7)
    assert [p.text for p in passages] == [
        "One two three. Four five six.",
        "Four five six. Seven eight nine.",
        "Seven eight nine. Ten eleven twelve.",
    ]
    assert [p.ordinal for p in passages] == [0, 1, 2]
    assert len({p.id for p in passages}) == 3


def test_without_overlap_no_sentence_comes_twice() -> None:
    text = "One two three. Four five six. Seven eight nine."
    passages = cut(article(text), "b", WORDS.count_tokens, window=2 + 3, overlap=0)
    assert [p.text for p in passages] == ["One two three.", "Four five six.", "Seven eight nine."]


def test_a_sentence_longer_than_the_window_is_cut_between_words() -> None:
    text = " ".join(f"word{i}" for i in range(50)) + "."
    passages = cut(article(text), "b", WORDS.count_tokens, window=2 + 10, overlap=0)
    assert " ".join(p.text for p in passages) == text


def test_an_article_without_text_has_no_passage() -> None:
    assert cut(article(""), "b", WORDS.count_tokens, window=64) == []


def test_a_long_title_leaves_room_for_the_passage() -> None:
    told = article("Short text here.", title="very " * 200)
    passages = cut(told, "b", WORDS.count_tokens, window=64)
    (text,) = embedded_texts(told, passages, WORDS.count_tokens)
    assert text.endswith("\nShort text here.")
    assert WORDS.count_tokens([text])[0] <= 62


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=30),
    st.integers(4, 40),
    st.integers(0, 3),
)
def test_passages_cover_the_text_in_order_and_fit(
    lengths: list[int], room: int, overlap: int
) -> None:
    text = " ".join(" ".join(["Word"] + ["word"] * (n - 1)) + "." for n in lengths)
    told = article(text)
    passages = cut(told, "b", WORDS.count_tokens, window=room + 2, overlap=overlap)
    ends = {end for _, end in split_sentences(text)}
    covered = 0
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert WORDS.count_tokens([passage.text])[0] <= room
        assert text[covered : passage.start].strip() == ""
        assert passage.end > covered
        covered = passage.end
        if max(lengths) <= room:
            assert passage.end in ends
    assert covered == len(text)


def test_passages_fit_the_real_model_window_whole(embedder: OpenVINOEmbedder) -> None:
    sentence = (
        "Counter-intuitively, Ælfgifu's 3,417 re-examined micro-filaments outlasted €9.75m kit. "
    )
    told = article(
        sentence * 40,
        title="Filaments outlast kit",
        source="Alder Post",
        published=date(2024, 5, 3),
    )
    passages = cut(told, "b", embedder.count_tokens, window=embedder.window)
    texts = embedded_texts(told, passages, embedder.count_tokens)
    sizes = [size + 2 for size in embedder.count_tokens(texts)]
    assert embedder.window == 256
    assert max(sizes) <= 256
    assert max(sizes) > 200  # the window is used, not only respected


@pytest.mark.parametrize("unit", ["a", "ж", "中", "a,", "ab.", "word ", "한국어"])
def test_a_very_long_sentence_is_cut_soon_and_into_passages_that_fit(
    unit: str, embedder: OpenVINOEmbedder
) -> None:
    text = (unit * 400_000)[:400_000].strip()
    began = time.process_time()
    passages = cut(article(text, title=""), "b", embedder.count_tokens, embedder.window)
    assert (
        time.process_time() - began < 4
    )  # seconds; cut in halves again and again it took up to 12
    assert max(embedder.count_tokens([item.text for item in passages])) <= 254
    assert max(len(item.text) for item in passages) <= 254 * 16
    assert "".join(item.text for item in passages).replace(" ", "") == text.replace(" ", "")
