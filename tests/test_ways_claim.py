from rag.ways.claim import claim_of, premise_of


def test_a_yes_no_question_asks_about_a_claim() -> None:
    assert claim_of("Did the pier sink in May?") == "The pier sink in May."
    assert claim_of("Was anyone hurt?") == "Someone hurt."
    assert claim_of("Hasn't it reopened?") == "It reopened."
    assert claim_of("When did it reopen?") == ""


def test_a_question_takes_something_for_granted() -> None:
    assert premise_of("Why did Moe resign?") == "Moe resign."
    assert premise_of("Who was killed on the pier?") == "Someone was killed on the pier."
    assert premise_of("How many people died?") == "Some people died."
    assert premise_of("Where is the pier?") == ""
