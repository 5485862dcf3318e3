import pytest

from rag.ways.kind import Kind, read_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did Iran admit drone supplies?", Kind.FACT),
        ("What happened to the footbridge at Tamsin Weir?", Kind.FACT),
        ("What happened on 3 March 2024?", Kind.FACT),
        ("Who built the pier?", Kind.FACT),
        ("What was the cause?", Kind.FACT),
        ("What did the hackers get away with?", Kind.FACT),
        ("Did the pier leak?", Kind.YES_NO),
        ("Hasn't the pier been mended?", Kind.YES_NO),
        ("Can you tell me who built the pier?", Kind.FACT),
        ("Which is older, the pier or the mill?", Kind.COMPARISON),
        ("Are there more gulls or more terns?", Kind.COMPARISON),
        ("How do the pier and the mill differ?", Kind.COMPARISON),
        ("Compare the pier with the mill.", Kind.COMPARISON),
        ("Which towns have a pier?", Kind.LIST),
        ("What other piers leak?", Kind.LIST),
        ("Who are the owners of the pier?", Kind.LIST),
        ("Name the owners of the pier.", Kind.LIST),
        ("Give me a timeline of the pier.", Kind.TIMELINE),
        ("What happened at the pier between March and June 2023?", Kind.TIMELINE),
        ("What has happened since 3 March 2024?", Kind.TIMELINE),
        ("What has happened at the pier since the fire?", Kind.TIMELINE),
        ("What do the articles say about the pier?", Kind.SUMMARY),
        ("Summarise the article on the pier.", Kind.SUMMARY),
        ("Tell me about the pier.", Kind.SUMMARY),
        ("What is the row over the pier about?", Kind.SUMMARY),
    ],
)
def test_the_words_of_a_question_tell_its_kind(question: str, kind: Kind) -> None:
    assert read_kind(question) is kind
