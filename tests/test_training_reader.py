"""The parts of the reader's training that must not be wrong: split, spans, resuming."""

import random
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from training.reader import checkpoint
from training.reader.claims import claims, focused
from training.reader.encode import Example, encode
from training.reader.network import HIDDEN, ReaderNet
from training.reader.paths import tokenizer
from training.reader.sources import Question, Span
from training.reader.stream import Source, Stream
from training.reader.sums import write_sums
from training.reader.titles import split_titles

PASSAGE = (
    "The ferry Astrid sank off Cape Brann on 3 March 2021. It had 212 people on board. The harbour "
    "master, Ida Moe, said that the bow doors had been left open. Divers went down the next day."
)


def question(text: str, answer: str) -> Question:
    start = PASSAGE.index(answer)
    return Question(
        "q1", text, PASSAGE, "Ferry", "made", (Span(start, start + len(answer), 1.0),), (answer,)
    )


@given(st.sets(st.text(min_size=1), min_size=1, max_size=60))
def test_each_title_has_one_part_in_the_shares_asked_for(titles: set[str]) -> None:
    parts = split_titles(titles, report=0.3, choose=0.1)
    assert set(parts) == titles
    counts = [list(parts.values()).count(part) for part in ("report", "choose")]
    assert counts == [round(0.3 * len(titles)), round(0.1 * len(titles))]
    assert parts == split_titles(sorted(titles), report=0.3, choose=0.1)


@settings(max_examples=40, deadline=None)
@given(st.integers(24, 80), st.floats(0, 1), st.sampled_from(["212", "Ida Moe", "3 March 2021"]))
def test_a_cut_window_holds_the_answer(window: int, shift: float, answer: str) -> None:
    asked = question("Who or what?", answer)
    spans = tuple((span.start, span.end, span.weight) for span in asked.spans)
    example = Example(asked.text, asked.passage, spans=spans, window=window, shift=shift)
    (made,) = encode(tokenizer(), [example])
    ((start, _),), ((end, _),) = made.starts, made.ends
    offsets, at = made.input.offsets, made.input.passage_at
    assert len(made.input.ids) <= window
    assert PASSAGE[offsets[start - at][0] : offsets[end - at][1]] == answer


def test_no_answer_points_at_the_first_token() -> None:
    (made,) = encode(tokenizer(), [Example("Who?", PASSAGE, spans=())])
    assert made.starts == made.ends == [(0, 1.0)]
    (unknown,) = encode(tokenizer(), [Example("Who?", PASSAGE, spans=None)])
    assert unknown.starts == []


@pytest.mark.parametrize("seed", range(12))
def test_a_focused_question_keeps_its_answer(seed: int) -> None:
    asked = question("Who said that the doors had been left open?", "Ida Moe")
    short = focused(asked, random.Random(seed))
    (span,) = short.spans
    assert short.passage[span.start : span.end] == "Ida Moe"
    assert short.passage in PASSAGE


@pytest.mark.parametrize("seed", range(12))
def test_a_claim_and_its_changed_twin_differ(seed: int) -> None:
    asked = question("How many people were on board?", "212")
    made = claims(asked, ["400", "Oslo"], random.Random(seed))
    assert [one.label for one in made].count(0) <= 1 or made == []
    assert len({(one.sentence, one.passage) for one in made}) == len(made)


def stream() -> Stream:
    """Two sources whose units carry random choices."""

    def units(word: str) -> Source:
        def make(index: int, rng: random.Random) -> list[Example]:
            return [Example(f"{word} {index} {rng.random()}", PASSAGE, spans=(), relevance=0)]

        return Source(7, make)

    return Stream({"a": units("alpha"), "b": units("beta")}, tokenizer(), seed=3)


def test_a_resumed_stream_goes_on_where_it_stopped() -> None:
    shares = {"a": 1.0, "b": 2.0}
    through, stopped = stream(), stream()
    through.pool(shares)
    stopped.pool(shares)
    resumed = stream()
    resumed.restore(stopped.state())
    for one, other in zip(through.pool(shares), resumed.pool(shares), strict=True):
        assert torch.equal(one.ids, other.ids)
        assert torch.equal(one.groups, other.groups)


def test_a_checkpoint_brings_back_weights_and_chance(tmp_path: Path) -> None:
    path = tmp_path / "last.pt"
    torch.manual_seed(5)
    checkpoint.save(path, {"weights": torch.ones(3), "clock": (1.0, 2, 3)})
    expected = torch.rand(2), random.random()
    path.with_suffix(".half").write_bytes(b"a later save that was killed")
    state = checkpoint.load(path)
    assert torch.equal(state["weights"], torch.ones(3))
    assert state["clock"] == (1.0, 2, 3)
    assert torch.equal(torch.rand(2), expected[0])
    assert random.random() == expected[1]


def test_a_span_never_falls_into_the_question() -> None:
    torch.manual_seed(1)
    network = ReaderNet(dropout=0).eval()
    (made,) = encode(tokenizer(), [Example("Who left the doors open?", PASSAGE, "Ferry")])
    ids = torch.tensor([made.input.ids])
    reading = network(ids, torch.ones_like(ids), torch.tensor([made.input.segments]))
    outside = [*range(1, made.input.passage_at), ids.shape[1] - 1]
    assert (reading.start[0, outside] == -1e4).all()
    assert (reading.start[0, made.input.passage_at : -1] > -1e4).all()
    assert network.segments.weight.shape == (4, HIDDEN)


def test_checksums_are_those_of_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "reader.bin").write_bytes(b"abc")
    (tmp_path / "README.md").write_text("the card may be mended")
    write_sums(tmp_path)
    assert (tmp_path / "SHA256SUMS").read_text() == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  reader.bin\n"
    )
