from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.malformed import inputs, measure
from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.registry import FORMATS
from ingest.parse import ParsedArticle, articles


def test_a_sample_of_the_malformed_inputs_is_reported_and_nothing_breaks() -> None:
    figures = measure(count=100, seed=3, scale=2000)
    assert figures["inputs"] == 100
    assert figures["crashes"] == []
    assert figures["hangs"] == []
    assert figures["unreported"] == []
    assert figures["not_in_library_failures"] == []
    assert figures["verify"] == []
    assert figures["articles_held"] > 0


def test_the_inputs_are_the_same_for_the_same_seed() -> None:
    first, second = (
        [data for _, kind, data in inputs(60, 1, 5000) if kind != "made"] for _ in range(2)
    )
    assert first
    assert first[0] == second[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.one_of(
        st.binary(min_size=1, max_size=400),
        st.text(min_size=1, max_size=200).map(lambda text: text.encode("utf-8", "replace")),
        st.lists(
            st.sampled_from(["<p>", "</div>", "<table>", "&#0;", "<!--", "]]>", "It froze. ", "\0",
                             "\u202e", "---\n", "{", '"text":', ",", "\n\n", "# "]),
            max_size=40,
        ).map(lambda parts: "".join(parts).encode() or b"x"),
    ),
    media=st.sampled_from([known.name for known in FORMATS]),
)  # fmt: skip
def test_any_bytes_give_articles_or_reasons(data: bytes, media: str) -> None:
    document = Document("file:///x", data, media, "x")
    reasons = []
    try:
        for found in articles(document):
            if isinstance(found, ParsedArticle):
                assert found.text.strip()
                assert "\0" not in found.text
            else:
                reasons.append(found.reason)
    except PermanentError as error:
        reasons.append(str(error))
    assert all(reason.startswith("x") and "\n" not in reason for reason in reasons)
