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
]


def kinds(sentence: str, span: str) -> set[str]:
    return {problem.kind for problem in check_claims(sentence, span, published=PUBLISHED)}


@pytest.mark.parametrize(("sentence", "span"), TRUE_PAIRS)
def test_true_paraphrase_passes(sentence: str, span: str) -> None:
    assert check_claims(sentence, span, published=PUBLISHED) == []


@pytest.mark.parametrize(("kind", "sentence", "span"), PLANTED)
def test_planted_error_is_caught(kind: str, sentence: str, span: str) -> None:
    assert kind in kinds(sentence, span)
