import pytest

from rag.ways.claim import claim_of, premise_of


def test_a_yes_no_question_asks_about_a_claim() -> None:
    assert claim_of("Did the pier sink in May?") == "The pier sank in May."
    assert claim_of("Was anyone hurt?") == "Someone was hurt."
    assert claim_of("Hasn't it reopened?") == "It has reopened."
    assert claim_of("When did it reopen?") == ""


def test_a_question_takes_something_for_granted() -> None:
    assert premise_of("Why did Moe resign?") == "Moe resigned."
    assert premise_of("Who was killed on the pier?") == "Someone was killed on the pier."
    assert premise_of("How many people died?") == "Some people died."
    assert premise_of("Where is the pier?") == ""


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Did the ferry sink off Cape Brann?", "The ferry sank off Cape Brann."),
        ("Did the ferry service resume on Monday?", "The ferry service resumed on Monday."),
        ("Did the planning panel approve the dam?", "The planning panel approved the dam."),
        ("Did dogs travel free?", "Dogs travelled free."),
        ("Does the museum open on Sundays?", "The museum opens on Sundays."),
        ("Do bicycles travel free?", "Bicycles travel free."),
        ("Did Brightwater ever make a profit?", "Brightwater made a profit."),
        ("Was the mill fire started deliberately?", "The mill fire was started deliberately."),
        ("Have charges been brought against him?", "Charges have been brought against him."),
        ("Has the mayor of Kelmouth resigned?", "The mayor of Kelmouth has resigned."),
        ("Can lorries use the bridge?", "Lorries can use the bridge."),
        ("Is the bridge shorter than 400 metres?", "The bridge is shorter than 400 metres."),
        ("Is the vote on the dam unanimous?", "The vote on the dam is unanimous."),
        ("Are there 23 lynx?", "There are 23 lynx."),
    ],
)
def test_a_claim_is_a_sentence_with_its_verb_in_its_form(question: str, claim: str) -> None:
    assert claim_of(question).replace("traveled", "travelled") == claim
