"""True paraphrases pass and planted errors are caught. All sentences were invented for this."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.claims import check_claims

PUBLISHED = date(2022, 11, 6)  # a Sunday

# (drafted sentence, cited words)
TRUE_PAIRS = [
    # numbers and units
    (
        "The ferry carried 2,000 passengers.",
        "Two thousand passengers were aboard the ferry when it left.",
    ),
    ("About 400 homes lost power.", "Some 400 homes were left without power."),
    ("The plant employs 1.5 million people.", "The plant has 1,500,000 people on its payroll."),
    ("The tunnel is 12 km long.", "Engineers dug a 12-kilometre tunnel under the ridge."),
    ("Prices rose by 7 percent.", "Prices were 7% higher than a year before."),
    ("Half of the voters stayed at home.", "Turnout was just 50%, the electoral board said."),
    ("The grant is worth $4 billion.", "The lender approved a $4bn grant."),
    ("The bridge cost €3.5 million.", "The bill for the bridge came to 3.5m euros."),
    ("Twelve miners were rescued.", "Rescuers brought a dozen miners to the surface."),
    ("The company sold 24 buses.", "The company sold two dozen buses to the city."),
    ("The winner, 43, trained at night.", "The 43-year-old winner trained at night after work."),
    (
        "Both drivers were unhurt, and two cars burned.",
        "Both drivers were unhurt; both cars burned.",
    ),
    (
        "Between 40 and 50 tonnes of oil leaked.",
        "The harbour master put the leak at 40 to 50 tonnes of oil.",
    ),
    ("It was the third strike this year.", "The 3rd strike of the year emptied the stations."),
    ("One soldier was killed.", "A soldier was killed and his driver fled."),
    ("The train leaves at 5 pm.", "Departure is at 17:00 from the north platform."),
    ("Temperatures fell to minus 12 degrees.", "It was -12°C in the valley by dawn."),
    ("Two thirds of the crew are new.", "Two-thirds of the crew joined this spring."),
    (
        "More than 300 sheep drowned.",
        "Farmers counted over 300 drowned sheep after the river burst its banks.",
    ),
    ("The vote was 61 to 39.", "Councillors voted 61-39 in favour of the merger."),
    (
        "The fund holds 2.5 billion crowns.",
        "The fund has grown to 2,5 crowns, or 2.5 billion crowns.",
    ),
    ("The firm fined the club twice.", "The club was fined two times by the firm."),
    # dates
    ("The dam opened on 5 November 2022.", "The dam opened on November 5, 2022, in light rain."),
    ("The dam opened on 5 November 2022.", "The dam opened on Saturday in light rain."),
    ("Voting began in October.", "Voting began on October 16 after weeks of delay."),
    ("The school closed in 2019.", "The school has been closed since March 2019."),
    ("The quake struck on 3 November 2022.", "The quake struck on Thursday night."),
    ("The mayor resigned on 5 November.", "“I am leaving,” the mayor said yesterday."),
    ("The fire started last week.", "The fire started on 26 October, the brigade said."),
    ("In September 2022 the mill shut.", "The mill shut in September."),
    ("The bank was founded in the 1990s.", "Founded in 1994, the bank has six branches."),
    ("The trial starts on 11 November 2022.", "The trial will start on Friday."),
    ("The harvest failed in autumn 2021.", "The harvest failed in the autumn of 2021."),
    ("Three days later the road reopened.", "The road reopened three days after the slide."),
    ("The law took effect in 2021, on 3 March.", "In 2021, the law took effect on 3 March."),
    ("The law took effect on 3 March 2021.", "In 2021, after a row, it took effect on 3 March."),
    ("The treaty ran from 2014 to 2016.", "The treaty (2014-2016) was never renewed."),
    # names
    ("Iranian officials met the Russian envoy.", "Officials of Iran met the envoy of Russia."),
    ("Ukraine cut its ties with Iran.", "Kiev decided to cut its ties with Tehran."),
    ("Kyiv asked for help.", "Help was asked for by Kiev."),
    ("The EU will pay.", "The European Union will pay, its commissioner said."),
    ("The United States sent a team.", "A U.S. team was sent."),
    ("Britain closed the consulate.", "The UK has closed its consulate."),
    ("Holm denied the charge.", "Karin Holm denied the charge."),
    ("Mayor José Peña opened the park.", "Jose Pena, the mayor, opened the park."),
    ("The ministry's plan was Petrov's.", "Petrov drew up the plan for the ministry."),
    (
        "Finance Minister Ade Bello defended the budget.",
        "Ade Bello, the finance minister, defended the budget.",
    ),
    (
        "The WHO sent vaccines.",
        "Vaccines came from the World Health Organization within days.",
    ),
    ("Shahed-136 drones hit the depot.", "The depot was hit by Shahed-136 drones."),
    ("Officials said the port is open.", "The port is open, according to the authorities."),
    ("Swedish voters chose Lind.", "Lind was chosen by voters in Sweden."),
    # quotations
    ("He called it “completely false”.", "The minister called the report 'completely false'."),
    (
        "“We sold it … for nothing,” she said.",
        "“We sold it, all of it, for nothing,” said the owner's daughter.",
    ),
    ("She promised to “be back”.", 'She told reporters: "I will be back."'),
    (
        "The [coach] said “they will win”.",
        "The coach: “I know that they will win.”".replace("[", ""),
    ),
    # negation
    ("Iran did not supply missiles.", "Iran denied supplying missiles to anyone."),
    ("The union did not sign the deal.", "The union refused to sign the deal."),
    ("Nobody was hurt in the blast.", "No one was hurt in the blast."),
    (
        "The bridge reopened, officials said.",
        "Officials who did not want to be named said the bridge reopened.",
    ),
    (
        "Visitors are not allowed to enter the old harbour.",
        "Visitors are banned from entering the old harbour.",
    ),
    (
        "The envoy admitted sending drones.",
        "The envoy admitted sending drones but denied sending missiles.",
    ),
    ("The passengers were not harmed.", "The passengers were unharmed."),
    (
        "The firm not only paid the fine but apologised.",
        "The firm paid the fine and apologised as well.",
    ),
    ("Talks ended without a deal.", "No deal was reached before the talks ended."),
    # as a drafter would write them
    (
        "Iran admitted for the first time that it supplied drones to Russia.",
        "Iran has acknowledged for the first time that it sent drones to Russia.",
    ),
    (
        "The Harbour Post reported on 16 October that the shipment was being prepared.",
        "The Harbour Post reported on October 16 that the shipment was being prepared.",
    ),
    (
        "According to the report, 12 of the 30 wells were dry.",
        "Inspectors found that a dozen of the thirty wells had run dry.",
    ),
    (
        "The government says unemployment fell to 4.2% in September.",
        "Unemployment fell to 4.2 per cent in September, the statistics office said, from 4.6 per cent in August.",
    ),
    (
        "Nurses in Wales will strike for two days next week.",
        "Welsh nurses are to walk out for two days next week, their union announced.",
    ),
    (
        "At least 17 people died and more than 100 were injured.",
        "The collapse killed at least 17 people and injured over a hundred.",
    ),
    (
        "Ms Okafor, 29, broke the national record by 0.3 seconds.",
        "Ngozi Okafor (29) beat the national record by three tenths of a second; the old mark was set in 2011. She won by 0.3 sec.",
    ),
    (
        "Germany's Chancellor said the talks in Vienna had made progress.",
        "The German chancellor said on Friday that there was progress in the Vienna talks.",
    ),
    (
        "The storm, named Ida, made landfall in Louisiana on 29 August.",
        "Ida made landfall in Louisiana on Aug. 29 as a powerful hurricane.",
    ),
    (
        "The court sentenced him to five years in prison.",
        "He was given a five-year prison sentence by the court.",
    ),
    (
        "She was born in 1975 and elected in 2018.",
        "Born in 1975, she won her seat in the 2018 election.",
    ),
    (
        "Poland and Lithuania closed their borders to Belarusian lorries.",
        "Warsaw and Vilnius shut the border to trucks from Belarus.",
    ),
    (
        "The museum has not said when it will reopen.",
        "The museum did not say when its doors would open again.",
    ),
    (
        "The minister rejected claims that the vaccine was unsafe.",
        "The minister said that claims about the vaccine being unsafe were untrue.",
    ),
    (
        "The airline cancelled all 34 flights on Sunday.",
        "All thirty-four of Sunday's flights were cancelled by the airline.",
    ),
    (
        "The painting sold for £1.2m, twice its estimate.",
        "It fetched 1.2 million pounds, two times the estimate.",
    ),
    ("The reservoir is only a third full.", "The reservoir stands at one third of its capacity."),
    (
        "He served as mayor from 2009 to 2017.",
        "Mayor between 2009 and 2017, he left office under a cloud.",
    ),
    ("No evidence of fraud was found.", "The auditors did not find any evidence of fraud."),
    ("Police have not ruled out arson.", "Police said that arson had not been ruled out."),
    (
        "Without new rain, the harvest will fail, the farmers' union says.",
        "The farmers' union says the harvest will fail if there is no new rain.",
    ),
    (
        "The drug does not cure the disease but slows it.",
        "The drug slows the disease; it does not cure it.",
    ),
    (
        "Ticket sales rose 20 percent, the theatre's director Lena Holt said.",
        "“Our ticket sales were up by a fifth, 20 per cent,” said Lena Holt, who runs the theatre.",
    ),
    (
        "Officials in Kharkiv reported three explosions overnight.",
        "Three blasts were heard in Kharkov overnight, officials there said.",
    ),
    (
        "The ECB raised its key rate by 75 basis points to 1.5%.",
        "The European Central Bank lifted its key interest rate by 75 basis points, to 1.5 percent.",
    ),
    ("Canada will send 4 tanks.", "Ottawa is sending four tanks, the defence minister said."),
    ("The ship sank on Tuesday, 1 November 2022.", "The ship went down on Tuesday."),
    (
        "In a statement on Friday, the club said it “deeply regrets” the delay.",
        "“The club deeply regrets the delay,” its statement, issued Friday, said.",
    ),
    (
        "It is the second time this year that the bridge has closed.",
        "The bridge has closed for the second time this year.",
    ),
    ("The bill passed by 310 votes to 290.", "MPs voted 310-290 to pass the bill."),
    (
        "The valley got 80 mm of rain in 24 hours.",
        "Within 24 hours, 80 millimetres of rain fell on the valley.",
    ),
    ("Apple said sales of its tablets fell.", "Tablet sales fell, according to Apple."),
    (
        "Zelenskyy visited Kherson.",
        "President Volodymyr Zelensky went to Kherson on a surprise trip.",
    ),
    (
        "The two sides agreed to a 60-day ceasefire.",
        "A truce of sixty days was agreed by both sides.",
    ),
    (
        "Scientists at the University of Leiden identified the fossil.",
        "The fossil was identified by scientists at Leiden University.",
    ),
    (
        "Turkey's president ruled out a deal.",
        "President Demir of Türkiye said there would be no deal.",
    ),
    (
        "Farmers from the Drava valley blocked the road for three hours.",
        "The road was blocked for three hours by farmers from the valley of the Drava.",
    ),
    (
        "The US and its allies imposed sanctions on three generals.",
        "Sanctions were put on three generals by Washington and its allies.",
    ),
    (
        "The factory employed about 900 people until it closed last year.",
        "Until it shut last year, the factory gave work to around 900 people.",
    ),
]

# (kind, drafted sentence, cited words)
PLANTED = [
    ("number", "The ferry carried 3,000 passengers.", "Two thousand passengers were aboard."),
    ("number", "Some 450 homes lost power.", "About 400 homes were left without power."),
    ("number", "Thirteen miners were rescued.", "Rescuers brought a dozen miners up."),
    ("number", "Prices rose by 17%.", "Prices rose by 7 per cent."),
    ("number", "The grant is worth $4 million.", "The lender approved a $4bn grant."),
    ("number", "The winner, 34, trained at night.", "The 43-year-old winner trained at night."),
    ("number", "It was the fourth strike this year.", "It was the third strike this year."),
    ("number", "Two thirds of the crew are new.", "A third of the crew is new."),
    (
        "number",
        "The army fired 400 shells and 2,000 rockets.",
        "The army fired 2,000 shells and 400 rockets.",
    ),
    ("number", "Fewer than 300 sheep drowned.", "More than 300 sheep drowned."),
    ("number", "The train leaves at 6 pm.", "The train leaves at 5 pm."),
    ("number", "The village has 2000 wells.", "The village, first named in 1850, has wells."),
    ("unit", "The tunnel is 12 miles long.", "The tunnel is 12 km long."),
    ("unit", "The bridge cost $3.5 million.", "The bridge cost €3.5 million."),
    ("unit", "The leak was 50 barrels.", "The leak was put at 50 tonnes."),
    ("unit", "The trial lasted 9 weeks.", "The trial lasted nine months."),
    ("unit", "It was 38 degrees Fahrenheit.", "It was 38 degrees Celsius in the shade."),
    ("unit", "The farm covers 600 acres.", "The farm covers 600 hectares."),
    ("unit", "The rise was 3 percent.", "The rise was 3 percentage points."),
    ("unit", "The wall is 20 feet high.", "The wall is 20 metres high."),
    ("unit", "Some 25% of the teachers left.", "Some 25 teachers left the school."),
    ("unit", "The plant makes 40 kilowatts.", "The plant makes 40 megawatts."),
    ("unit", "The parcel weighed 5 pounds.", "The parcel weighed 5 kilos."),
    ("date", "The dam opened on 6 November 2022.", "The dam opened on Saturday."),
    ("date", "The dam opened on 5 November 2021.", "The dam opened on 5 November 2022."),
    ("date", "Voting began on October 26.", "Voting began on October 16."),
    ("date", "The school closed in 2020.", "The school has been closed since 2019."),
    ("date", "The envoy confessed on 6 November 2022.", "The envoy confessed for the first time."),
    ("date", "The quake struck on Wednesday.", "The quake struck on Thursday night."),
    ("date", "The mill shut in March.", "The mill shut in May 2022."),
    ("date", "The fire started last year.", "The fire started last week."),
    ("date", "The harvest failed in spring 2021.", "The harvest failed in autumn 2021."),
    ("date", "The bank was founded in the 1980s.", "The bank was founded in 1994."),
    ("date", "It came weeks before the war.", "It came months before the war."),
    ("date", "Four days later the road reopened.", "Three days later the road reopened."),
    ("date", "Three days earlier the road closed.", "Three days later the road closed."),
    ("name", "Iraq has sent boats to the strait.", "Iran has sent boats to the strait."),
    ("name", "The deal was signed in Oslo.", "The deal was signed in Bergen."),
    ("name", "Karin Berg denied the charge.", "Karin Holm denied the charge."),
    ("name", "Emma Stone won the seat.", "Emma Watson and Oliver Stone ran for the seat."),
    ("name", "The IMF sent vaccines.", "The WHO sent vaccines."),
    ("name", "Australian troops arrived.", "Austrian troops arrived."),
    ("name", "Shahed-131 drones hit the depot.", "Shahed-136 drones hit the depot."),
    ("name", "Petrov said the talks failed.", "Ivanov said the talks had failed."),
    ("name", "The blast was heard in Tehran.", "The blast was heard in parts of Iran."),
    ("name", "The Daily Harbour reported it.", "The Evening Harbour reported it."),
    ("name", "South Korea fired a missile.", "North Korea fired a missile into the sea."),
    ("quotation", "He called it “partly false”.", "He called it “completely false”."),
    ("quotation", "“We are sorry,” she said.", "She said that the firm regretted the leak."),
    ("quotation", 'He said: "We will never leave."', 'He said: "We will leave."'),
    ("quotation", "She spoke of 'a great victory'.", "She spoke of a victory."),
    ("quotation", "“They ran … and won.”", "“They won and ran,” he said."),
    ("quotation", "The plan is “dead in the water”.", "The plan is dead, he said."),
    ("quotation", "«No comment», said the firm.", "The firm did not comment."),
    ("quotation", "“I saw him steal it,” she said.", "“I saw him,” she said. He did steal it."),
    ("quotation", "He wants “war”.", "He wants peace."),
    ("quotation", "The sign read “no entry”.", "The sign read “entry”."),
    ("negation", "Iran supplied missiles to Russia.", "Iran denied supplying missiles to Russia."),
    ("negation", "The union agreed to sign the deal.", "The union refused to sign the deal."),
    ("negation", "The minister did not resign on the spot.", "The minister resigned on the spot."),
    ("negation", "The ship never sent a distress call.", "The ship sent a distress call."),
    ("negation", "Passengers were hurt in the crash.", "No passengers were hurt in the crash."),
    ("negation", "The ministry denied the report.", "The ministry confirmed the report."),
    ("negation", "The court didn't accept the appeal.", "The court accepted the appeal."),
    ("negation", "Rescuers failed to reach the hut.", "Rescuers reached the hut by noon."),
    ("negation", "The pilot pleaded not guilty to theft.", "The pilot pleaded guilty to theft."),
    ("negation", "The road is open to trucks.", "The road is not open to trucks."),
    (
        "negation",
        "Engineers found no cracks in the dam wall.",
        "Engineers found cracks in the dam wall.",
    ),
    (
        "name",
        "Ruth Adeyemi, the health secretary, resigned.",
        "Ruth Okoye, the health secretary, resigned on Friday.",
    ),
    (
        "negation",
        "The museum has said when it will reopen.",
        "The museum has not said when it will reopen.",
    ),
    ("negation", "The drug cures the disease.", "The drug does not cure the disease but slows it."),
    ("negation", "Police ruled out arson.", "Police have not ruled out arson."),
    (
        "negation",
        "The company had warned its customers before the breach.",
        "The company had never warned its customers about the breach.",
    ),
    (
        "number",
        "Unemployment fell to 4.6% in September.",
        "Unemployment fell to 4.2 per cent in September.",
    ),
    ("number", "The bill passed by 320 votes to 290.", "MPs voted 310-290 to pass the bill."),
    ("date", "Ida made landfall on 28 August.", "Ida made landfall in Louisiana on Aug. 29."),
    ("date", "She was elected in 2019.", "Born in 1975, she won her seat in the 2018 election."),
    ("date", "The ship sank on 2 November 2022.", "The ship went down on Tuesday."),
    ("unit", "The painting sold for $1.2m.", "It fetched 1.2 million pounds."),
    ("unit", "The valley got 80 cm of rain.", "80 millimetres of rain fell on the valley."),
    (
        "quotation",
        "The club “bitterly regrets” the delay.",
        "“The club deeply regrets the delay,” its statement said.",
    ),
    ("name", "Nurses in Scotland will strike.", "Welsh nurses are to walk out."),
    (
        "name",
        "Scientists in Utrecht identified the fossil.",
        "The fossil was identified by scientists at Leiden University.",
    ),
    (
        "negation",
        "The envoy said that no prisoners would be freed.",
        "The envoy said that prisoners would be freed.",
    ),
    ("negation", "The mayor won't run again.", "The mayor will run again, her office said."),
    (
        "negation",
        "The talks collapsed without an agreement on grain.",
        "The talks ended with an agreement on grain.",
    ),
    ("number", "One in four pupils was absent.", "One in five pupils was absent."),
    ("number", "Three quarters of the members voted.", "Two thirds of the members voted."),
    (
        "date",
        "The strike is planned for 13 November 2022.",
        "The strike will take place on Friday.",
    ),
    ("negation", "Doctors could save the driver.", "Doctors could not save the driver."),
    ("negation", "The senator did vote for the bill.", "The senator did not vote for the bill."),
    (
        "negation",
        "None of the hostages were released on Monday.",
        "The hostages were released on Monday.",
    ),
    (
        "negation",
        "The firm has denied that it dumped waste in the river.",
        "The firm has admitted that it dumped waste in the river.",
    ),
]


def kinds(sentence: str, span: str) -> set[str]:
    return {problem.kind for problem in check_claims(sentence, span, published=PUBLISHED)}


@pytest.mark.parametrize(("sentence", "span"), TRUE_PAIRS)
def test_true_paraphrase_passes(sentence: str, span: str) -> None:
    assert check_claims(sentence, span, published=PUBLISHED) == []


@pytest.mark.parametrize(("kind", "sentence", "span"), PLANTED)
def test_planted_error_is_caught(kind: str, sentence: str, span: str) -> None:
    assert kind in kinds(sentence, span)


def test_a_problem_names_the_words_and_says_why() -> None:
    (problem,) = check_claims("The tunnel is 12 miles long.", "The tunnel is 12 km long.")
    assert (problem.kind, problem.text) == ("unit", "12 miles")
    assert problem.message == "the cited words say “12 km”, not “12 miles”"
    (problem,) = check_claims("The tunnel is 13 km long.", "The tunnel is 12 km long.")
    assert problem.message == "“13 km” does not stand in the cited words"


def test_the_context_gives_names_and_dates_but_no_numbers() -> None:
    sentence = "Leyla Vardi said on 5 May 2021 that 12 boats had sunk."
    span = "“They sank,” Vardi said."
    context = "Leyla Vardi: 12 boats lost on 5 May 2021"
    assert {p.kind for p in check_claims(sentence, span)} == {"name", "date", "number"}
    assert [p.text for p in check_claims(sentence, span, context=context)] == ["12"]


def test_the_day_of_publication_is_no_date_of_the_event() -> None:
    span = "The envoy confessed for the first time."
    context = "Envoy confesses\nMeridian Wire\n6 November 2022"

    def problems(sentence: str) -> list[str]:
        found = check_claims(sentence, span, context=context, published=PUBLISHED)
        return [problem.message for problem in found]

    (message,) = problems("The envoy confessed on 6 November 2022.")
    assert message == "6 November 2022 is the date of the report, not of what it reports"
    assert problems("The Meridian Wire reported on 6 November 2022 that the envoy confessed.") == []
    assert problems("As of 6 November 2022, the envoy had confessed.") == []


def test_a_relative_date_needs_the_day_of_publication() -> None:
    sentence, span = "The dam opened on 5 November 2022.", "The dam opened on Saturday."
    assert check_claims(sentence, span, published=PUBLISHED) == []
    assert [p.kind for p in check_claims(sentence, span)] == ["date"]


def test_an_acronym_that_the_sentence_spells_out_needs_no_source() -> None:
    span = "The harbour safety board ruled on it."
    assert check_claims("The harbour safety board (HSB) ruled on it.", span) == []
    assert [p.kind for p in check_claims("The HSC ruled on it.", span)] == ["name"]


SENTENCES = st.sampled_from([text for pair in TRUE_PAIRS for text in pair])


@given(st.lists(SENTENCES, min_size=1, max_size=4), st.integers(0, 3))
def test_words_taken_whole_from_the_span_always_stand(sentences: list[str], place: int) -> None:
    sentence = sentences[place % len(sentences)]
    assert check_claims(sentence, sentence, published=PUBLISHED) == []
    facts = check_claims(sentence, " ".join(sentences), published=PUBLISHED)
    assert {problem.kind for problem in facts} <= {"negation"}  # another sentence may deny it


@given(st.text(max_size=80), st.text(max_size=80), st.dates())
def test_no_text_breaks_the_check(sentence: str, span: str, published: date) -> None:
    for problem in check_claims(sentence, span, context=sentence[::-1], published=published):
        assert problem.message


def test_a_check_takes_well_under_a_millisecond() -> None:
    pairs = [(sentence, span) for _, sentence, span in PLANTED] + list(TRUE_PAIRS)
    began = time.perf_counter()
    for sentence, span in pairs:
        check_claims(sentence, span, published=PUBLISHED)
    assert (time.perf_counter() - began) / len(pairs) < 0.005  # 0.2 ms on an idle core
