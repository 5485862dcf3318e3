"""Each way to answer, on articles made for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from ingest.sentences import split_sentences
from rag.question import Question, read_question
from rag.reading import Span
from rag.scope import Scope
from rag.statements import Disputed
from rag.types import Evidence
from rag.ways.comparison import ComparisonWay
from rag.ways.fact import OTHERWISE, FactWay
from rag.ways.kind import Kind
from rag.ways.listing import ListWay
from rag.ways.prints import with_prints
from rag.ways.stance import Stance
from rag.ways.summary import SummaryWay
from rag.ways.timeline import TimelineWay, period_of
from rag.ways.topic import topic_of
from rag.ways.way import Found, Plan, Way
from rag.ways.ways import Ways
from rag.ways.yes_no import DIFFER, LEADS, YesNoWay
from tests.fakes import article, evidence, the_reader

TODAY = date(2025, 6, 1)


def told(
    text: str, identity: str, day: date = date(2024, 3, 20), **fields: object
) -> list[Evidence]:
    """Every sentence of an article as evidence."""
    whole = evidence(text, identity=identity, source=identity.upper(), published=day, **fields)
    return [
        replace(whole, text=text[start:end], start=start, end=end)
        for start, end in split_sentences(text)
    ]


def read(item: Evidence, answer: str, probability: float = 0.9) -> Evidence:
    """The sentence with `answer` as what the reader found in it."""
    start = item.start + item.text.index(answer)
    return replace(item, answer=Span(start, start + len(answer), 3.0), probability=probability)


class Search:
    """Finds the same for every question."""

    def __init__(self, found: Sequence[Evidence], confidence: float = 0.9) -> None:
        hits = {item.hit.passage.id + item.hit.article.id: item.hit for item in found}
        self._found = Found(tuple(hits.values()), tuple(found), confidence)
        self.about: dict[str, object] = {}
        self.asked: list[str] = []
        self.near: tuple[date, date] | None = None

    def __call__(self, question: str, *, near: tuple[date, date] | None = None) -> Found:
        self.asked.append(question)
        self.near = near
        return replace(self._found, about=self.about)


def planned(way: Way, question: str, found: Sequence[Evidence]) -> Plan:
    asked = read_question(question)
    plan = way.plan(asked, way.find(asked, Search(found)))
    for item in plan.evidence:
        assert item.hit.article.text[item.start : item.end] == item.text
    return plan


def quoted(plan: Plan, question: str = "") -> list[str]:
    return [sentence.text for sentence in plan.quotes(question).sentences]


# --- facts --------------------------------------------------------------------------------------


def test_a_fact_counts_who_else_gives_it_and_lists_copies() -> None:
    words = "Grey seals bore 1,912 pups at Torrin this year, the trust said."
    (first,) = told(words, "a")
    (copy,) = told(words, "b")
    (own,) = told("The trust's count of seal pups at Torrin came to 1,912.", "c")
    found = [read(first, "1,912"), read(copy, "1,912", 0.8), read(own, "1,912", 0.7)]
    plan = planned(FactWay(), "How many seal pups were born at Torrin?", found)
    assert plan.short == "1,912"
    assert plan.conflicts == ()
    (also,) = plan.also.values()
    assert [(s.source, s.copy) for s in also] == [("B", True), ("C", False)]


def test_a_fact_that_is_disputed_leads_with_both_sides() -> None:
    (first,) = told("About 1,600 people fled the flood in Orle.", "a")
    (other,) = told("The flood drove 1,240 people from Orle, who fled.", "b")
    plan = planned(
        FactWay(),
        "How many people fled the flood in Orle?",
        [read(first, "1,600"), read(other, "1,240", 0.8)],
    )
    assert plan.conflicts[0].disputed is Disputed.NUMBER
    assert [position.value for position in plan.conflicts[0].positions] == ["1,600", "1,240"]
    assert plan.note == plan.conflicts[0].written()
    assert [item.hit.article.id for item in plan.evidence] == ["a", "b"]


def test_a_false_premise_is_named() -> None:
    way = FactWay(the_reader())
    (item,) = told("Nobody was killed in the flood at Orle.", "a")
    plan = planned(way, "Who was killed in the flood at Orle?", [item])
    assert (plan.short, plan.note) == ("", OTHERWISE)
    (item,) = told("Ida Moe was killed in the flood at Orle.", "a")
    plan = planned(way, "Who was killed in the flood at Orle?", [read(item, "Ida Moe")])
    assert (plan.short, plan.note) == ("Ida Moe", "")


@pytest.mark.parametrize(
    ("told_of", "confidence", "answered"),
    [
        ("The council closed the pool.", 0.7, True),
        ("The council closed the pool.", 0.3, False),
        ("The council met in the pool's café.", 0.7, False),
    ],
)
def test_where_nothing_dates_an_event_the_event_is_looked_for(
    told_of: str, confidence: float, answered: bool
) -> None:
    asked: list[str] = []

    def search(question: str, *, near: object = None) -> Found:
        asked.append(question)
        sure = confidence if question.startswith("Did") else 0.4
        return Found(evidence=tuple(told(told_of, "a")), confidence=sure)

    found = FactWay(threshold=0.5).find(
        read_question("When did the council close the pool?"), search
    )
    assert asked == ["When did the council close the pool?", "Did the council close the pool?"]
    assert (found.confidence >= 0.5) is answered


def test_none_of_them_denies_that_somebody_was() -> None:
    text = "The ferry Astrid burned at Orle. None of the 31 people then on board was hurt."
    plan = planned(
        YesNoWay(the_reader()), "Was anyone hurt on the ferry Astrid?", told(text, "a")[::-1]
    )
    assert plan.short == LEADS[Stance.NO]


def test_a_premise_is_denied_by_its_opposite_or_by_a_sentence_further_down() -> None:
    way = FactWay(the_reader())
    (item,) = told("Orle scrapped its parking charges on Thursday after a petition.", "a")
    plan = planned(way, "Why did Orle keep its parking charges?", [read(item, "after a petition")])
    assert (plan.short, plan.note) == ("", OTHERWISE)
    (item,) = told("Orle closed 12 schools and 87 stayed open.", "a")
    assert planned(way, "How many schools did Orle open?", [read(item, "87")]).note == ""
    text = "The footbridge at Orle fell on Tuesday. A crane came on Friday. Nobody was hurt."
    fell, crane, nobody = told(text, "a")
    found = [replace(fell, probability=0.9), crane, replace(nobody, probability=0.01)]
    plan = planned(way, "Who was killed when the footbridge at Orle fell?", found)
    assert (plan.short, plan.note) == ("", OTHERWISE)
    assert quoted(plan) == ["Nobody was hurt."]


def test_a_print_that_was_not_found_is_listed_unless_it_came_later() -> None:
    words = "Grey seals bore 1,912 pups at Torrin this year."
    (item,) = told(words, "a")
    print_of = article(f"Seals again. {words}", identity="b", published=date(2024, 3, 22))
    plan = planned(FactWay(), "How many seal pups were born at Torrin?", [read(item, "1,912")])
    (also,) = with_prints(plan, lambda identity: [print_of], None).also.values()
    assert [(s.article_id, s.copy) for s in also] == [("b", True)]
    assert print_of.text[also[0].start : also[0].end] == words
    assert with_prints(plan, lambda identity: [print_of], date(2024, 3, 21)).also == {}


# --- yes or no ----------------------------------------------------------------------------------


def lead(question: str, *articles: str) -> Plan:
    found = [item for n, text in enumerate(articles) for item in told(text, f"a{n}")]
    return planned(YesNoWay(the_reader()), question, found)


def test_yes_and_no_are_backed_by_the_words() -> None:
    yes = lead("Did the panel approve the dam?", "A panel approved the dam on Wednesday.")
    assert yes.short == "Yes"
    no = lead("Can lorries use the bridge?", "Lorries may not use the bridge.")
    assert no.short == "No"
    nobody = lead("Was anyone killed in the flood?", "Nobody was killed in the flood.")
    assert nobody.short == "No"
    measured = lead("Is the pier longer than 400 metres?", "The pier is 388 metres long.")
    assert measured.short == "No"


def test_where_articles_differ_that_is_the_lead() -> None:
    plan = lead(
        "Was the mill fire started deliberately?",
        "The mill fire was not started deliberately, the fire service said.",
        "The fire in the mill was started deliberately, the police said.",
    )
    assert plan.short == DIFFER
    assert plan.conflicts[0].disputed is Disputed.CLAIM
    assert [position.value for position in plan.conflicts[0].positions] == ["no", "yes"]
    assert len(quoted(plan)) == 2


def test_a_denial_is_not_the_truth() -> None:
    plan = lead(
        "Did the mayor own shares in the tram builder?",
        "The mayor denied that she had ever owned shares in the tram builder.",
    )
    assert plan.short in (LEADS[Stance.DENIED], "")


def test_what_is_denied_in_so_many_words_is_denied() -> None:
    plan = lead(
        "Did Corrie sell pumps to Osmark?",
        "The minister again sought to deny that Corrie had sold pumps to Osmark.",
    )
    assert plan.short == LEADS[Stance.DENIED]
    plan = lead(
        "Did Corrie sell pumps to Osmark?",
        "That Corrie had sold pumps to Osmark was “completely wrong”, the minister said.",
    )
    assert plan.short == LEADS[Stance.DENIED]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did Corrie sell pumps to Osmark?", "Corrie was preparing to sell pumps to Osmark."),
        ("Did Corrie sell pumps to Osmark?", "Corrie has been accused of selling pumps to Osmark."),
        ("Did Corrie buy Osmark Steel?", "Osmark Steel bought Corrie."),
        ("Did the minister resign?", "The minister called on the mayor to resign."),
        ("Did the ferry sink?", "The ferry was towed to port after it nearly sank."),
        ("Did the ferry sink on Monday?", "The ferry sank on Tuesday."),
        ("Is the mine profitable?", "The mine was profitable until 2015."),
        ("Will the school close?", "Parents fear that the school will close."),
        ("Were the hostages released?", "They promised that the hostages would be released."),
        ("Did Sweden join the pact?", "Sweden applied to join the pact in May."),
        ("Did Ida win?", "Ida wondered whom the jury liked."),
    ],
)
def test_what_nearly_says_so_is_no_yes(question: str, sentence: str) -> None:
    assert lead(question, sentence).short != "Yes"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did Corrie sell pumps to Osmark?", "Corrie sold pumps to Osmark."),
        ("Is the library open on Sundays?", "The library is open on Sundays from ten."),
        ("Will the school close?", "The school will close in July, the council said."),
        ("Did Norlake sue Vantor?", "Norlake sued Vantor over the patent in May."),
    ],
)
def test_what_says_so_is_a_yes(question: str, sentence: str) -> None:
    assert lead(question, sentence).short == "Yes"


def test_a_title_that_denies_bears_nothing_out() -> None:
    title = "Corrie admits it sent boats to Osmark, but denies selling pumps"
    found = told("Corrie has admitted that it sent boats to Osmark.", "a", title=title)
    way = YesNoWay(the_reader())
    assert planned(way, "Did Corrie sell pumps to Osmark?", found).short == ""
    assert planned(way, "Did Corrie send boats to Osmark?", found).short == "Yes"


def test_a_source_that_says_both_is_quoted_with_both() -> None:
    plan = lead(
        "Did the panel approve the dam?",
        "The panel approved the dam. The chair denied that the panel had approved the dam.",
    )
    assert plan.short == ""
    assert len(quoted(plan)) == 2


def test_what_is_about_something_else_gets_no_lead() -> None:
    hens = lead("Do bicycles travel free?", "Hens, by an order that nobody repealed, cost a penny.")
    assert hens.short == ""
    left = lead("Did Osmark vote to stay on the shore?", "Osmark voted to leave the shore.")
    assert left.short != "Yes"


def test_what_does_not_say_gets_no_lead() -> None:
    plan = lead("Did the panel approve the dam?", "The panel heard 1,460 objections to the dam.")
    assert plan.short == ""
    assert quoted(plan, "q")


# --- comparisons --------------------------------------------------------------------------------

LONG = "The Teller Bridge carries two lanes. It is 412 metres long."
SHORT = "The Ansgar Bridge is 388 metres long."


def test_a_comparison_has_a_line_for_each_side_and_says_which() -> None:
    way, search = (
        ComparisonWay(),
        Search(
            [read(told(LONG, "a")[1], "412 metres"), read(told(SHORT, "b")[0], "388 metres", 0.8)]
        ),
    )
    asked = read_question("Which is longer, the Teller Bridge or the Ansgar Bridge?")
    plan = way.plan(asked, way.find(asked, search))
    assert search.asked == ["How long is the Teller Bridge?", "How long is the Ansgar Bridge?"]
    assert plan.short == "Teller Bridge"
    assert plan.note == "412 metres against 388 metres."
    assert quoted(plan) == [LONG, SHORT]
    assert [label.text for label in plan.labels.values()] == ["Teller Bridge", "Ansgar Bridge"]


def test_a_side_that_is_not_told_of_is_named() -> None:
    plan = planned(
        ComparisonWay(),
        "Which is longer, the Teller Bridge or the Ansgar Bridge?",
        [read(told(LONG, "a")[1], "412 metres")],
    )
    assert plan.short == ""
    assert "“Ansgar Bridge”" in plan.note


def test_amounts_are_compared_only_where_they_are_of_one_kind() -> None:
    height = told("In Orle the river stood at 4.31 metres.", "a")
    crowd, peak = told("Some 1,600 people left Brann. The river peaked at 5.87 metres.", "b")
    found = [
        read(height[0], "4.31 metres"),
        read(crowd, "1,600", 0.4),
        read(peak, "5.87 metres", 0.2),
    ]
    plan = planned(ComparisonWay(), "Did the river stand higher in Orle or in Brann?", found)
    assert plan.short == "Brann"
    assert plan.note == "5.87 metres against 4.31 metres."


def test_sides_that_only_a_number_tells_apart() -> None:
    first = told("Heron-1 fell silent after 2 years.", "a")
    second = told("Heron-2 weighs 1,140 kilograms and flies in 1 week.", "b")
    plan = planned(ComparisonWay(), "How do Heron-1 and Heron-2 differ?", [*second, *first])
    assert quoted(plan) == [first[0].text, second[0].text]


# --- lists --------------------------------------------------------------------------------------


def test_a_list_is_gathered_from_several_articles() -> None:
    found = [
        read(told(f"{town} has scrapped its parking charges.", town.lower())[0], town)
        for town in ("Dunmere", "Vanmoor", "Orle")
    ]
    plan = planned(ListWay(), "Which towns have scrapped parking charges?", found)
    assert plan.short == "Dunmere; Vanmoor; Orle"
    assert len(quoted(plan)) == 3


def test_an_enumeration_is_the_short_answer_whole_or_not_at_all() -> None:
    text = "Three firms were there: the binders Tarn, the lute maker Bell and the shop Wind."
    (item,) = told(text, "a")
    question = "Which firms were there?"
    plan = planned(ListWay(), question, [read(item, "Tarn")])
    assert plan.short == "the binders Tarn, the lute maker Bell and the shop Wind"
    (item,) = told("Moe, Ek and Lund were there.", "a")
    assert planned(ListWay(), question, [read(item, "Moe")]).short == "Moe, Ek and Lund"
    (item,) = told("The boats, the nets and the sheds were theirs.", "a")
    assert planned(ListWay(), question, [read(item, "boats")]).short == ""


def test_a_bulleted_list_comes_whole() -> None:
    text = "The prizes at Orle:\n\n- Gold: Anna Moe\n- Tin: Bo Ek\n\nThe mayor was away."
    plan = planned(ListWay(), "List the prizes at Orle.", told(text, "a")[:1])
    assert quoted(plan) == ["The prizes at Orle:\n\n- Gold: Anna Moe\n- Tin: Bo Ek"]


def test_what_is_announced_with_its_number_is_listed_where_it_is_enumerated() -> None:
    text = (
        "The EU punished three generals on Thursday. Their goods are frozen. Named on the list are"
        " Moe Ek, chief of staff; Bo Lund, a pilot; and Ida Rye, a cook."
    )
    punished, frozen, named = told(text, "a")
    found = [read(punished, "three generals"), frozen, replace(named, probability=0.1)]
    plan = planned(ListWay(), "Who are the generals that the EU punished?", found)
    assert plan.short == "Moe Ek; Bo Lund; Ida Rye"
    assert quoted(plan) == [named.text]


# --- timelines ----------------------------------------------------------------------------------

DAM = (
    "The dam at Orle was opened on Monday. Work on the dam began on 3 May 2021. The mayor of Orle "
    "has a dog. A wall of the dam fell on 9 June 2022. The dam will be painted on 1 July."
)


def timeline(question: str, found: Sequence[Evidence]) -> Plan:
    return planned(TimelineWay(lambda stem: 1.0, lambda: TODAY), question, found)


def test_a_timeline_is_in_the_order_of_the_events() -> None:
    plan = timeline("Timeline of the dam at Orle", told(DAM, "a"))
    assert [label.text for label in plan.labels.values()] == [
        "3 May 2021",
        "9 June 2022",
        "18 March 2024",
        "1 July 2024",
    ]
    assert [text.split()[0] for text in quoted(plan)] == ["Work", "A", "The", "The"]
    assert "published 20 March 2024" in list(plan.labels.values())[2].note
    assert "announced" in list(plan.labels.values())[3].note


def test_what_an_older_article_announced_is_in_no_timeline() -> None:
    later = told("The dam at Orle was closed on 4 April 2024.", "b", date(2024, 4, 5))
    plan = timeline("Timeline of the dam at Orle", [*told(DAM, "a"), *later])
    labels = [label.text for label in plan.labels.values()]
    assert labels == ["3 May 2021", "9 June 2022", "18 March 2024", "4 April 2024"]
    put_off = told("The dam at Orle will not open on 1 May.", "b", date(2024, 4, 5))
    assert "1 May 2024" not in str(timeline("Timeline of the dam at Orle", put_off).labels)
    undone = told("The dam at Orle was to have opened on 1 April.", "b", date(2024, 4, 5))
    assert timeline("Timeline of the dam at Orle", undone).labels == {}


def test_a_timeline_keeps_to_the_time_that_was_asked_for() -> None:
    plan = timeline("What happened at the dam in Orle in 2022?", told(DAM, "a"))
    assert [label.text for label in plan.labels.values()] == ["9 June 2022"]


def test_a_timeline_since_an_event_begins_with_it() -> None:
    way = TimelineWay(lambda stem: 1.0, lambda: TODAY)
    search = Search(told(DAM, "a"))
    near = (date(2022, 1, 1), date(2022, 12, 31))
    search.about = {"scope": Scope(near=near, event="the vote")}
    asked = read_question("What has happened at the dam in Orle since the vote?")
    plan = way.plan(asked, way.find(asked, search))
    assert [label.text for label in plan.labels.values()] == ["9 June 2022"]


def test_two_reports_of_one_event_are_one_line() -> None:
    other = told("A wall of the dam at Orle fell on 9 June 2022, killing a cow.", "b")
    plan = timeline("Timeline of the dam at Orle", [*told(DAM, "a"), *other])
    assert len(plan.labels) == 4
    (also,) = plan.also.values()
    assert len(also) == 1


def test_a_timeline_of_nothing_found_is_no_evidence() -> None:
    way = TimelineWay(lambda stem: 1.0, lambda: TODAY)
    found = way.find(read_question("Timeline of the Kirn mill"), Search(told(DAM, "a")))
    assert found.evidence == ()
    assert found.confidence == 0.0


def test_what_is_compared_with_today_did_not_happen_today() -> None:
    text = "The lake at Orle was 14 metres lower than today. It froze on Tuesday."
    plan = timeline("Timeline of the lake at Orle", told(text, "a", title="Lake at Orle"))
    assert [label.text for label in plan.labels.values()] == ["19 March 2024"]


def test_days_without_a_year_stand_in_the_order_of_the_article() -> None:
    text = (
        "The mill at Orle closed on 16 October. In September the owner had sold the wheel, and a "
        "crane took it."
    )
    found = [
        replace(item, hit=replace(item.hit, article=replace(item.hit.article, published=None)))
        for item in told(text, "a", title="Orle mill")
    ]
    plan = timeline("Timeline of the Orle mill", found)
    assert [label.text for label in plan.labels.values()] == ["16 October", "September"]
    assert "tells no years" in plan.note


def test_the_time_asked_for() -> None:
    between = period_of("What happened between March and June 2023?", TODAY)
    assert between == (date(2023, 3, 1), date(2023, 6, 30))
    assert period_of("What happened since 3 March 2024?", TODAY) == (date(2024, 3, 3), TODAY)
    assert period_of("What happened until 3 March 2024?", TODAY) == (date.min, date(2024, 3, 2))
    assert period_of("Timeline of the dam", TODAY) is None


# --- summaries ----------------------------------------------------------------------------------

STORY = (
    "The ferry Astrid sank off Cape Brann. All on board were saved.\n\nThe bow doors of the ferry "
    "had been left open. A dog barked.\n\nThe ferry will be raised in May. It was cold."
)


def summary(question: str, found: Sequence[Evidence]) -> Plan:
    return planned(SummaryWay(lambda stem: 1.0), question, found)


def test_a_summary_begins_with_the_lead_and_keeps_the_order() -> None:
    found = told(STORY, "a", title="Ferry Astrid sinks")
    plan = summary("Summarise the article about the ferry Astrid.", found)
    lines = quoted(plan)
    assert lines[0].startswith("The ferry Astrid sank off Cape Brann.")
    assert [item.start for item in plan.evidence] == sorted(item.start for item in plan.evidence)
    assert "bow doors" in " ".join(lines)


def test_the_article_is_summarised_where_there_is_one() -> None:
    found = told(STORY, "a", title="Ferry Astrid sinks")
    assert quoted(summary("Summarise the article.", found))[0].startswith("The ferry Astrid sank")
    way, asked = SummaryWay(lambda stem: 1.0), read_question("What is the article about?")
    other = told("Puffins came back to Gannet Holm.", "b")
    assert way.find(asked, Search([*found, *other], 0.1)).confidence == 0.1


def test_a_summary_of_a_topic_takes_every_article_once() -> None:
    first = told(STORY, "a", title="Ferry Astrid sinks")
    copy = told(STORY, "b", title="Ferry Astrid sinks", duplicate_of="a")
    later = told("The ferry Astrid was raised.", "c", date(2024, 5, 9), title="Astrid raised")
    plan = summary("Tell me about the ferry Astrid.", [*later, *copy, *first])
    articles = list(dict.fromkeys(item.hit.article.id for item in plan.evidence))
    assert articles == ["a", "c"]


def test_the_latest_is_what_the_newest_article_tells() -> None:
    old = told(STORY, "a", title="Ferry Astrid sinks")
    new = told("The ferry Astrid was raised.", "c", date(2024, 5, 9), title="Astrid raised")
    way, search = SummaryWay(lambda stem: 1.0), Search([*old, *new])
    search.about = {"scope": Scope(latest=True)}
    asked = read_question("What is the latest on the ferry Astrid?")
    plan = way.plan(asked, way.find(asked, search))
    assert {item.hit.article.id for item in plan.evidence} == {"c"}


def test_what_no_article_is_about_is_not_summarised() -> None:
    way = SummaryWay(lambda stem: 1.0)
    found = way.find(read_question("Tell me about the Kirn mill."), Search(told(STORY, "a")))
    assert found.evidence == ()


def test_a_topic_is_what_is_left_of_the_question() -> None:
    assert topic_of("Give me a timeline of the Corrie Water dam.").words == "Corrie Water dam"
    since = topic_of("What has happened at the Corrie Water dam since the cave-in?")
    assert since.words == "Corrie Water dam"
    assert topic_of("What happened after the mill fire?").words == "mill fire"
    assert topic_of("What happened between March and June 2023?").words == ""


# --- the choice ---------------------------------------------------------------------------------


def test_a_kind_without_a_way_is_asked_as_a_fact() -> None:
    asked = [
        Question("Timeline of the dam", read_question("x").wanted, frozenset()),
        read_question("Which of the two is older?"),
    ]
    assert [Ways({}).of(question).kind for question in asked] == [Kind.FACT, Kind.FACT]
