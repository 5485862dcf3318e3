"""Tasks on what was spoken of."""

import pytest

from rag.condense import condense
from rag.followups import subject_of

CAVE_IN = "When did the tunnel at Corrie Water cave in?"
CUP = "Who won the men's Provincial Cup?"


@pytest.mark.parametrize(
    ("before", "question", "resolved"),
    [
        (CAVE_IN, "a timeline of this", "A timeline of the tunnel at Corrie Water"),
        (CAVE_IN, "Summarise it", "Summarise the tunnel at Corrie Water"),
        (CAVE_IN, "more", "Tell me more about the tunnel at Corrie Water"),
        (CUP, "Can you give me a summary?", "Give me a summary of the men's Provincial Cup"),
        (CUP, "tell me more about that please", "Tell me more about the men's Provincial Cup"),
        (
            "How long is the Teller Bridge?",
            "compare that with the Ansgar Bridge",
            "How long is the Teller Bridge compared with the Ansgar Bridge?",
        ),
        (
            "Which is longer, the pier or the mill?",
            "and which cost more?",
            "Which cost more, the pier or the mill?",
        ),
        (
            "Did Velia send tanks to Karlin?",
            "compare that with what the Morvik Mail says",
            "Compare what Velia and the Morvik Mail say about tanks to Karlin",
        ),
        ("A timeline of the Orle dam", "and a summary of it", "A summary of the Orle dam"),
        (CUP, "Give me a timeline of the Orle dam", "Give me a timeline of the Orle dam"),
        (CUP, "Summarise the flood in Brann", "Summarise the flood in Brann"),
    ],
)
def test_the_topic_is_taken_from_the_conversation(
    before: str, question: str, resolved: str
) -> None:
    assert condense(question, [(before, "x")]) == resolved


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("When did Velia admit tank supplies?", "Velia tank supplies"),
        ("How many workers were hurt in the Orle mine?", "workers in the Orle mine"),
        ("How much did the Astrid refit cost?", "the Astrid refit"),
        ("When did the new terminal of the Sund ferry open?", "the new terminal of the Sund ferry"),
    ],
)
def test_what_a_question_is_about(question: str, subject: str) -> None:
    assert subject_of(question) == subject
