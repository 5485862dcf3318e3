from dataclasses import replace

import ir_measures
import pytest

from eval.importers import address
from eval.provenance import Provenance
from eval.record import Run
from eval.trec import trec_run
from tests.pier import WHO
from tests.test_run import run

DONE = run([WHO])


def test_by_article_each_once() -> None:
    named = replace(DONE, provenance=Provenance("my run"))
    assert trec_run(named) == "who Q0 a1 1 1.000000 my_run\n"


def test_by_passage_as_trec_tools_read_it() -> None:
    text = trec_run(DONE, passages=True)
    docs = list(ir_measures.read_trec_run(text))
    assert [doc.doc_id for doc in docs] == ["p36", "p0", "p46"]
    qrels = [ir_measures.Qrel("who", "p0", 1)]
    found = ir_measures.calc_aggregate([ir_measures.RR @ 10], qrels, docs)
    assert found[ir_measures.RR @ 10] == pytest.approx(DONE.summary()["mrr"])


def test_an_article_is_known_by_its_id_in_the_corpus() -> None:
    hits = [{**hit, "url": address("corpus id 7")} for hit in DONE.records[0].hits]
    named = Run((replace(DONE.records[0], hits=hits),))
    assert trec_run(named) == "who Q0 corpus_id_7 1 1.000000 byline\n"
