import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import PermanentError
from rag import reader as module
from rag.reader import OpenVINOReader, shipped_reader, weights_digest
from rag.reading import whole_words

FERRY = (
    "The ferry Astrid sank off Cape Brann on Tuesday with 212 people on board, all of them saved."
)
MOST_LOGITS, MOST_PROBABILITY = 0.5, 0.1
"""How far the served reader may be from the trained one."""
PUFFINS = "Puffins came back to Gannet Holm in large numbers, the wardens of the island said."


def test_the_answer_is_found_where_it_stands(reader: OpenVINOReader) -> None:
    for question, expected in (
        ("How many people were on board the Astrid?", "212"),
        ("Where did the ferry sink?", "Cape Brann"),
    ):
        about, other = reader.read(question, [FERRY, PUFFINS])
        span = about.best_span()
        assert expected in FERRY[slice(*whole_words(FERRY, span.start, span.end))]
        assert about.relevance > other.relevance
        assert about.no_answer < other.no_answer


def test_a_true_sentence_is_told_from_false_ones(reader: OpenVINOReader) -> None:
    true = reader.judge("There were 212 people on board the Astrid.", [FERRY])[0]
    for false in (
        "There were 512 people on board the Astrid.",
        "The ferry Astrid did not sink.",
        "The puffins sank off Cape Brann.",
    ):
        judged = reader.judge(false, [FERRY])[0]
        assert judged.supported < true.supported
        assert judged.supported + judged.contradicted + judged.neither == pytest.approx(1)


def test_what_stands_beside_does_not_change_a_reading(reader: OpenVINOReader) -> None:
    alone = reader.read("Who came back?", [PUFFINS])[0]
    among = reader.read("Who came back?", [FERRY, PUFFINS, FERRY * 3, "", PUFFINS])
    # Padding to a longer neighbour costs a little precision in bf16.
    assert among[1].relevance == pytest.approx(alone.relevance, abs=0.2)
    assert among[1].best_span().start == alone.best_span().start
    assert among[4].relevance == pytest.approx(among[1].relevance, abs=0.2)


def test_callers_at_the_same_time_get_their_own_readings(reader: OpenVINOReader) -> None:
    questions = ("Where did the ferry sink?", "Who came back to Gannet Holm?") * 6
    passages = [FERRY, PUFFINS, FERRY * 2, PUFFINS * 2]
    one_by_one = [reader.read(question, passages) for question in questions]
    with ThreadPoolExecutor(4) as callers:
        at_once = list(callers.map(lambda question: reader.read(question, passages), questions))
    for alone, together in zip(one_by_one, at_once, strict=True):
        assert [one.relevance for one in together] == [one.relevance for one in alone]


def test_a_passage_longer_than_the_window_is_read_to_its_end(reader: OpenVINOReader) -> None:
    filler = "The council talked about the budget of the harbour for a long time that day. "
    long = filler * 60 + FERRY
    (reading,) = reader.read("How many people were on board the Astrid?", [long])
    assert len(reading.stretches) > 1
    span = reading.best_span()
    assert "212" in long[span.start : span.end]
    assert reading.stretches[-1].offsets[-1, 1] == len(long)


def test_nothing_to_read_is_no_error(reader: OpenVINOReader) -> None:
    assert reader.read("Who?", []) == []
    assert reader.judge("She left.", []) == []
    (empty,) = reader.read("Who?", [""])
    assert empty.best_span().score < -1000


def test_a_missing_header_is_an_error(reader: OpenVINOReader) -> None:
    with pytest.raises(ValueError, match="2 passages, 1 headers"):
        reader.read("Who?", [FERRY, PUFFINS], ["Ferry sinks"])


def test_the_served_reader_equals_the_trained_one(reader: OpenVINOReader) -> None:
    """Against the network in 32-bit floats, whose logits training.reader.export wrote down."""
    pairs = json.loads((shipped_reader() / "reference.json").read_text())
    assert len(pairs) >= 20
    readings = reader.read_pairs([p["lead"] for p in pairs], [p["passage"] for p in pairs])
    judged = reader.judge_pairs([p["lead"] for p in pairs], [p["passage"] for p in pairs])
    off = [abs(r.relevance - p["relevance"]) for r, p in zip(readings, pairs, strict=True)]
    off += [abs(r.best_span().score - p["span"]) for r, p in zip(readings, pairs, strict=True)]
    assert max(off) <= MOST_LOGITS
    apart = [abs(j.supported - p["supported"]) for j, p in zip(judged, pairs, strict=True)]
    assert max(apart) <= MOST_PROBABILITY


def test_every_file_is_the_one_that_was_released() -> None:
    folder = shipped_reader()
    sums = dict(line.split()[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert {"reader.xml", "reader.bin", "tokenizer.json", "reader.json"} <= set(sums)
    for name, expected in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected, name


def test_the_digest_tells_one_reader_from_another(tmp_path: Path) -> None:
    (tmp_path / "reader.bin").write_bytes(b"abc")
    assert weights_digest(tmp_path) == "ba7816bf8f01"
    assert weights_digest(shipped_reader()) != weights_digest(tmp_path)


def test_the_package_stays_small() -> None:
    assert sum(file.stat().st_size for file in shipped_reader().iterdir()) < 48_000_000


def test_a_missing_reader_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "__file__", str(tmp_path / "rag" / "reader.py"))
    with pytest.raises(PermanentError, match=r"models/reader holds no reader\.xml"):
        shipped_reader()


def test_readings_are_plain_numbers(reader: OpenVINOReader) -> None:
    (reading,) = reader.read("Who?", [FERRY])
    assert np.isfinite(reading.stretches[0].starts).all()
    assert 0.0 <= reading.no_answer <= 1.0
