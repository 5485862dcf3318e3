"""True paraphrases pass and planted errors are caught. All sentences were invented for this."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.claims import check_claims

PUBLISHED = date(2022, 11, 6)  # a Sunday


def pairs(block: str) -> list[tuple[str, str, str]]:
    """(kind, drafted sentence, cited words): the cited words are indented, a kind follows a #."""
    kind, found = "", list[tuple[str, str, str]]()
    for line in block.strip().splitlines():
        if line.startswith("# "):
            kind = line[2:]
        elif line.startswith("    "):
            found[-1] = (kind, found[-1][1], f"{found[-1][2]} {line.strip()}".strip())
        else:
            found.append((kind, line, ""))
    return found


TRUE_PAIRS = pairs(
    """
The ferry carried 2,000 passengers.
    Two thousand passengers were aboard the ferry when it left.
About 400 homes lost power.
    Some 400 homes were left without power.
The plant employs 1.5 million people.
    The plant has 1,500,000 people on its payroll.
The tunnel is 12 km long.
    Engineers dug a 12-kilometre tunnel under the ridge.
Prices rose by 7 percent.
    Prices were 7% higher than a year before.
Half of the voters stayed at home.
    Turnout was just 50%, the electoral board said.
The grant is worth $4 billion.
    The lender approved a $4bn grant.
The bridge cost €3.5 million.
    The bill for the bridge came to 3.5m euros.
Twelve miners were rescued.
    Rescuers brought a dozen miners to the surface.
The company sold 24 buses.
    The company sold two dozen buses to the city.
The winner, 43, trained at night.
    The 43-year-old winner trained at night after work.
Both drivers were unhurt, and two cars burned.
    Both drivers were unhurt; both cars burned.
Between 40 and 50 tonnes of oil leaked.
    The harbour master put the leak at 40 to 50 tonnes of oil.
It was the third strike this year.
    The 3rd strike of the year emptied the stations.
One soldier was killed.
    A soldier was killed and his driver fled.
The train leaves at 5 pm.
    Departure is at 17:00 from the north platform.
Temperatures fell to minus 12 degrees.
    It was -12°C in the valley by dawn.
Two thirds of the crew are new.
    Two-thirds of the crew joined this spring.
More than 300 sheep drowned.
    Farmers counted over 300 drowned sheep after the river burst its banks.
The vote was 61 to 39.
    Councillors voted 61-39 in favour of the merger.
The fund holds 2.5 billion crowns.
    The fund has grown to two and a half billion crowns.
The firm fined the club twice.
    The club was fined two times by the firm.
The dam opened on 5 November 2022.
    The dam opened on November 5, 2022, in light rain.
The dam opened on 5 November 2022.
    The dam opened on Saturday in light rain.
Voting began in October.
    Voting began on October 16 after weeks of delay.
The school closed in 2019.
    The school has been closed since March 2019.
The quake struck on 3 November 2022.
    The quake struck on Thursday night.
The mayor resigned on 5 November.
    “I am leaving,” the mayor said yesterday.
The fire started last week.
    The fire started on 26 October, the brigade said.
In September 2022 the mill shut.
    The mill shut in September.
The bank was founded in the 1990s.
    Founded in 1994, the bank has six branches.
The trial starts on 11 November 2022.
    The trial will start on Friday.
The harvest failed in autumn 2021.
    The harvest failed in the autumn of 2021.
Three days later the road reopened.
    The road reopened three days after the slide.
The law took effect in 2021, on 3 March.
    In 2021, the law took effect on 3 March.
The law took effect on 3 March 2021.
    In 2021, after a row, it took effect on 3 March.
The treaty ran from 2014 to 2016.
    The treaty (2014-2016) was never renewed.
Iranian officials met the Russian envoy.
    Officials of Iran met the envoy of Russia.
Ukraine cut its ties with Iran.
    Kiev decided to cut its ties with Tehran.
Kyiv asked for help.
    Help was asked for by Kiev.
The EU will pay.
    The European Union will pay, its commissioner said.
The United States sent a team.
    A U.S. team was sent.
Britain closed the consulate.
    The UK has closed its consulate.
Holm denied the charge.
    Karin Holm denied the charge.
Mayor José Peña opened the park.
    Jose Pena, the mayor, opened the park.
The ministry's plan was Petrov's.
    Petrov drew up the plan for the ministry.
Finance Minister Ade Bello defended the budget.
    Ade Bello, the finance minister, defended the budget.
The WHO sent vaccines.
    Vaccines came from the World Health Organization within days.
Shahed-136 drones hit the depot.
    The depot was hit by Shahed-136 drones.
Officials said the port is open.
    The port is open, according to the authorities.
Swedish voters chose Lind.
    Lind was chosen by voters in Sweden.
He called it “completely false”.
    The minister called the report 'completely false'.
“We sold it … for nothing,” she said.
    “We sold it, all of it, for nothing,” said the owner's daughter.
She promised to “be back”.
    She told reporters: "I will be back."
The coach said “they will win”.
    The coach: “I know that they will win.”
Iran did not supply missiles.
    Iran denied supplying missiles to anyone.
The union did not sign the deal.
    The union refused to sign the deal.
Nobody was hurt in the blast.
    No one was hurt in the blast.
The bridge reopened, officials said.
    Officials who did not want to be named said the bridge reopened.
Visitors are not allowed to enter the old harbour.
    Visitors are banned from entering the old harbour.
The envoy admitted sending drones.
    The envoy admitted sending drones but denied sending missiles.
The passengers were not harmed.
    The passengers were unharmed.
The firm not only paid the fine but apologised.
    The firm paid the fine and apologised as well.
Talks ended without a deal.
    No deal was reached before the talks ended.
Iran admitted for the first time that it supplied drones to Russia.
    Iran has acknowledged for the first time that it sent drones to Russia.
The Harbour Post reported on 16 October that the shipment was being prepared.
    The Harbour Post reported on October 16 that the shipment was being prepared.
According to the report, 12 of the 30 wells were dry.
    Inspectors found that a dozen of the thirty wells had run dry.
The government says unemployment fell to 4.2% in September.
    Unemployment fell to 4.2 per cent in September from 4.6 per cent in August.
Nurses in Wales will strike for two days next week.
    Welsh nurses are to walk out for two days next week, their union announced.
At least 17 people died and more than 100 were injured.
    The collapse killed at least 17 people and injured over a hundred.
Ms Okafor, 29, broke the national record by 0.3 seconds.
    Ngozi Okafor (29) beat the national record, set in 2011, by 0.3 sec.
Germany's Chancellor said the talks in Vienna had made progress.
    The German chancellor said on Friday that there was progress in the Vienna talks.
The storm, named Ida, made landfall in Louisiana on 29 August.
    Ida made landfall in Louisiana on Aug. 29 as a powerful hurricane.
The court sentenced him to five years in prison.
    He was given a five-year prison sentence by the court.
She was born in 1975 and elected in 2018.
    Born in 1975, she won her seat in the 2018 election.
Poland and Lithuania closed their borders to Belarusian lorries.
    Warsaw and Vilnius shut the border to trucks from Belarus.
The museum has not said when it will reopen.
    The museum did not say when its doors would open again.
The minister rejected claims that the vaccine was unsafe.
    The minister said that claims about the vaccine being unsafe were untrue.
The airline cancelled all 34 flights on Sunday.
    All thirty-four of Sunday's flights were cancelled by the airline.
The painting sold for £1.2m, twice its estimate.
    It fetched 1.2 million pounds, two times the estimate.
The reservoir is only a third full.
    The reservoir stands at one third of its capacity.
He served as mayor from 2009 to 2017.
    Mayor between 2009 and 2017, he left office under a cloud.
No evidence of fraud was found.
    The auditors did not find any evidence of fraud.
Police have not ruled out arson.
    Police said that arson had not been ruled out.
Without new rain, the harvest will fail, the farmers' union says.
    The farmers' union says the harvest will fail if there is no new rain.
The drug does not cure the disease but slows it.
    The drug slows the disease; it does not cure it.
Ticket sales rose 20 percent, the theatre's director Lena Holt said.
    “Our ticket sales were up by a fifth, 20 per cent,” said Lena Holt, who runs the theatre.
Officials in Kharkiv reported three explosions overnight.
    Three blasts were heard in Kharkov overnight, officials there said.
The ECB raised its key rate by 75 basis points to 1.5%.
    The European Central Bank lifted its rate by 75 basis points, to 1.5 percent.
Canada will send 4 tanks.
    Ottawa is sending four tanks, the defence minister said.
The ship sank on Tuesday, 1 November 2022.
    The ship went down on Tuesday.
In a statement on Friday, the club said it “deeply regrets” the delay.
    “The club deeply regrets the delay,” its statement, issued Friday, said.
It is the second time this year that the bridge has closed.
    The bridge has closed for the second time this year.
The bill passed by 310 votes to 290.
    MPs voted 310-290 to pass the bill.
The valley got 80 mm of rain in 24 hours.
    Within 24 hours, 80 millimetres of rain fell on the valley.
Apple said sales of its tablets fell.
    Tablet sales fell, according to Apple.
Zelenskyy visited Kherson.
    President Volodymyr Zelensky went to Kherson on a surprise trip.
The two sides agreed to a 60-day ceasefire.
    A truce of sixty days was agreed by both sides.
Scientists at the University of Leiden identified the fossil.
    The fossil was identified by scientists at Leiden University.
Turkey's president ruled out a deal.
    President Demir of Türkiye said there would be no deal.
Farmers from the Drava valley blocked the road for three hours.
    The road was blocked for three hours by farmers from the valley of the Drava.
The US and its allies imposed sanctions on three generals.
    Sanctions were put on three generals by Washington and its allies.
The factory employed about 900 people until it closed last year.
    Until it shut last year, the factory gave work to around 900 people.
"""
)
PLANTED = pairs(
    """
# number
The ferry carried 3,000 passengers.
    Two thousand passengers were aboard.
Some 450 homes lost power.
    About 400 homes were left without power.
Thirteen miners were rescued.
    Rescuers brought a dozen miners up.
Prices rose by 17%.
    Prices rose by 7 per cent.
The grant is worth $4 million.
    The lender approved a $4bn grant.
The winner, 34, trained at night.
    The 43-year-old winner trained at night.
It was the fourth strike this year.
    It was the third strike this year.
Two thirds of the crew are new.
    A third of the crew is new.
The army fired 400 shells and 2,000 rockets.
    The army fired 2,000 shells and 400 rockets.
Fewer than 300 sheep drowned.
    More than 300 sheep drowned.
The train leaves at 6 pm.
    The train leaves at 5 pm.
The village has 2000 wells.
    The village, first named in 1850, has wells.
Unemployment fell to 4.6% in September.
    Unemployment fell to 4.2 per cent in September.
The bill passed by 320 votes to 290.
    MPs voted 310-290 to pass the bill.
One in four pupils was absent.
    One in five pupils was absent.
Three quarters of the members voted.
    Two thirds of the members voted.
# unit
The tunnel is 12 miles long.
    The tunnel is 12 km long.
The bridge cost $3.5 million.
    The bridge cost €3.5 million.
The leak was 50 barrels.
    The leak was put at 50 tonnes.
The trial lasted 9 weeks.
    The trial lasted nine months.
It was 38 degrees Fahrenheit.
    It was 38 degrees Celsius in the shade.
The farm covers 600 acres.
    The farm covers 600 hectares.
The rise was 3 percent.
    The rise was 3 percentage points.
The wall is 20 feet high.
    The wall is 20 metres high.
Some 25% of the teachers left.
    Some 25 teachers left the school.
The plant makes 40 kilowatts.
    The plant makes 40 megawatts.
The parcel weighed 5 pounds.
    The parcel weighed 5 kilos.
The painting sold for $1.2m.
    It fetched 1.2 million pounds.
The valley got 80 cm of rain.
    80 millimetres of rain fell on the valley.
# date
The dam opened on 6 November 2022.
    The dam opened on Saturday.
The dam opened on 5 November 2021.
    The dam opened on 5 November 2022.
Voting began on October 26.
    Voting began on October 16.
The school closed in 2020.
    The school has been closed since 2019.
The envoy confessed on 6 November 2022.
    The envoy confessed for the first time.
The quake struck on Wednesday.
    The quake struck on Thursday night.
The mill shut in March.
    The mill shut in May 2022.
The fire started last year.
    The fire started last week.
The harvest failed in spring 2021.
    The harvest failed in autumn 2021.
The bank was founded in the 1980s.
    The bank was founded in 1994.
It came weeks before the war.
    It came months before the war.
Four days later the road reopened.
    Three days later the road reopened.
Three days earlier the road closed.
    Three days later the road closed.
Ida made landfall on 28 August.
    Ida made landfall in Louisiana on Aug. 29.
She was elected in 2019.
    Born in 1975, she won her seat in the 2018 election.
The ship sank on 2 November 2022.
    The ship went down on Tuesday.
The strike is planned for 13 November 2022.
    The strike will take place on Friday.
# name
Iraq has sent boats to the strait.
    Iran has sent boats to the strait.
The deal was signed in Oslo.
    The deal was signed in Bergen.
Karin Berg denied the charge.
    Karin Holm denied the charge.
Emma Stone won the seat.
    Emma Watson and Oliver Stone ran for the seat.
The IMF sent vaccines.
    The WHO sent vaccines.
Australian troops arrived.
    Austrian troops arrived.
Shahed-131 drones hit the depot.
    Shahed-136 drones hit the depot.
Petrov said the talks failed.
    Ivanov said the talks had failed.
The blast was heard in Tehran.
    The blast was heard in parts of Iran.
The Daily Harbour reported it.
    The Evening Harbour reported it.
South Korea fired a missile.
    North Korea fired a missile into the sea.
Ruth Adeyemi, the health secretary, resigned.
    Ruth Okoye, the health secretary, resigned on Friday.
Nurses in Scotland will strike.
    Welsh nurses are to walk out.
Scientists in Utrecht identified the fossil.
    The fossil was identified by scientists at Leiden University.
# quotation
He called it “partly false”.
    He called it “completely false”.
“We are sorry,” she said.
    She said that the firm regretted the leak.
He said: "We will never leave."
    He said: "We will leave."
She spoke of 'a great victory'.
    She spoke of a victory.
“They ran … and won.”
    “They won and ran,” he said.
The plan is “dead in the water”.
    The plan is dead, he said.
«No comment», said the firm.
    The firm did not comment.
“I saw him steal it,” she said.
    “I saw him,” she said. He did steal it.
He wants “war”.
    He wants peace.
The sign read “no entry”.
    The sign read “entry”.
The club “bitterly regrets” the delay.
    “The club deeply regrets the delay,” its statement said.
# negation
The country admitted supplying missiles to Russia.
    The country admits it gave drones to Russia, but it denies supplying missiles.
The state sold missiles to Russia.
    The minister once more sought to deny that his state had sold missiles to Russia.
Iran supplied missiles to Russia.
    Iran denied supplying missiles to Russia.
The union agreed to sign the deal.
    The union refused to sign the deal.
The minister did not resign on the spot.
    The minister resigned on the spot.
The ship never sent a distress call.
    The ship sent a distress call.
Passengers were hurt in the crash.
    No passengers were hurt in the crash.
The ministry denied the report.
    The ministry confirmed the report.
The court didn't accept the appeal.
    The court accepted the appeal.
Rescuers failed to reach the hut.
    Rescuers reached the hut by noon.
The pilot pleaded not guilty to theft.
    The pilot pleaded guilty to theft.
The road is open to trucks.
    The road is not open to trucks.
Engineers found no cracks in the dam wall.
    Engineers found cracks in the dam wall.
The museum has said when it will reopen.
    The museum has not said when it will reopen.
The drug cures the disease.
    The drug does not cure the disease but slows it.
Police ruled out arson.
    Police have not ruled out arson.
The company had warned its customers before the breach.
    The company had never warned its customers about the breach.
The envoy said that no prisoners would be freed.
    The envoy said that prisoners would be freed.
The mayor won't run again.
    The mayor will run again, her office said.
The talks collapsed without an agreement on grain.
    The talks ended with an agreement on grain.
Doctors could save the driver.
    Doctors could not save the driver.
The senator did vote for the bill.
    The senator did not vote for the bill.
None of the hostages were released on Monday.
    The hostages were released on Monday.
The firm has denied that it dumped waste in the river.
    The firm has admitted that it dumped waste in the river.
"""
)

WEDNESDAY = date(2023, 6, 14)
"""The day of publication of the pairs below, which were written after the code."""
LATER_TRUE_PAIRS = pairs(
    """
A landslide buried a section of the coastal railway near Amalvo on Monday night.
    A section of the coastal railway near Amalvo was buried by a landslide late on Monday.
The operator expects repairs to take six to eight weeks.
    Repairs could last between six and eight weeks, according to the operator.
Around 3,500 commuters use the line every day.
    The line carries roughly 3500 commuters daily.
The central bank of Norway left its policy rate unchanged at 3.75 per cent.
    Norges Bank, Norway's central bank, kept its policy rate at 3.75%.
Dr Imani Keller, who led the study, called the results “encouraging, but early”.
    “The results are encouraging, but early,” said Imani Keller, the study's lead author.
Heat killed 61 people in the province during July 2022.
    In July 2022, sixty-one people in the province died from the heat.
The orchestra has no plans to leave its hall.
    The orchestra does not plan to leave its hall, a spokeswoman said.
Brazil's environment agency fined the mine 1.2 billion reais.
    The mine was fined R$1.2 billion by the Brazilian environmental agency.
She finished second, 14 seconds behind Haruka Mori.
    Haruka Mori won; she came 2nd, fourteen seconds back.
Parliament approved the pension reform by a single vote.
    The pension reform squeaked through parliament by one vote.
The exhibition opens on 20 June and runs until September.
    Opening on June 20, the show will run until the end of September.
Only one in ten of the wells is safe, UN inspectors found.
    Inspectors from the United Nations found that just one in ten wells was safe.
The mayor of Gdynia has been in office since 1998.
    Elected in 1998, Gdynia's mayor has never left office.
Shares in Toralis fell as much as 9% in early trading.
    Toralis stock dropped by up to 9 percent in early trade.
The Seychelles signed the treaty last year.
    Last year the treaty was signed by the Seychelles.
Engineers said the crack did not threaten the dam.
    The crack posed no threat to the dam, according to engineers.
A 27-year-old woman was arrested on suspicion of arson.
    Police arrested a woman, 27, on suspicion of arson.
The charity has delivered more than two million meals since March 2020.
    Since March 2020, over 2m meals have been delivered by the charity.
Both pilots survived, the aviation authority confirmed.
    The aviation authority confirmed that the two pilots had survived.
The island of Lunde lies 18 kilometres off the coast.
    Lunde, an island 18 km from the coast, has a single shop.
Chile and Peru will share the cost of the cable equally, 50 million dollars each.
    Santiago and Lima will each pay $50m for the cable.
Prosecutors dropped the case for lack of evidence.
    The case was dropped by prosecutors because there was not enough evidence.
The council meets again next Tuesday, 20 June.
    The council will next meet on Tuesday, June 20.
According to its chief executive, Marta Lindqvist, it lost €40 million in the first quarter.
    Chief executive Marta Lindqvist put the first-quarter loss at 40 million euros.
The rocket exploded 43 seconds after lift-off on 8 June 2023.
    The rocket blew up 43 seconds after lift-off last Thursday.
Doctors at three hospitals in Leeds walked out at 7 a.m. on Tuesday.
    At 7am on Tuesday, doctors walked out at three Leeds hospitals.
The strike, the fourth since January, is over pay.
    It is the fourth walkout since January; the dispute is about pay.
The river rose 2.3 m in two days.
    In two days the river climbed by 2.3 metres.
The law bans fishing within 5 nautical miles of the reef.
    No one may fish within five nautical miles of the reef under the law.
Some residents had not been told to leave.
    Some residents said they had never been told to leave.
Ofsted, which inspects schools in England, did not comment.
    England's schools inspectorate, Ofsted, declined to comment.
The plan would cost taxpayers between £4bn and £6bn a year.
    The annual cost to the taxpayer is put at £4-6bn.
The ruling was welcomed by Amnesty International.
    Amnesty International welcomed the ruling.
The minister's resignation came a day after the leak.
    A day after the leak, the minister resigned.
The US Senate passed the bill 68-31.
    By 68 votes to 31, the United States Senate passed the bill.
Farmers in Kerala lost 40% of their cardamom crop to the heat.
    Kerala's cardamom farmers saw two fifths, or 40 per cent, of their crop destroyed by heat.
No party won a majority.
    None of the parties won a majority.
It was built in the early 1970s and closed in mid-March.
    Built in the early 1970s, it shut in the middle of March.
Sri Lanka's cricketers were all out for 212.
    The Sri Lankan side were bowled out for 212 runs.
The Bank of Ghana has not intervened since 2022.
    Ghana's central bank, the Bank of Ghana, last intervened in 2022 and has not done so since.
The museum attracts a million visitors a year.
    One million people visit the museum each year.
Investigators ruled out sabotage as the cause.
    Sabotage was not the cause, investigators said.
Voters in Ecuador go to the polls on Sunday.
    Ecuadoreans vote on Sunday.
The actor Ben Achebe said he was “not interested in awards”.
    “I'm not interested in awards,” said Ben Achebe, the actor.
The virus can no longer be contained, the WHO warned.
    The World Health Organization warned that the virus could not be contained any more.
Shell and BP reported lower profits.
    Profits fell at both BP and Shell.
Pope Benedict never visited the abbey.
    The abbey was never visited by Pope Benedict.
The utility blamed the outage on a software fault.
    The utility, which did not give details, blamed a software fault for the outage.
Lawmakers voted to keep the tax.
    Lawmakers voted not to abolish the tax but to keep it.
The actor apologised to the crew.
    The actor apologised to the crew but did not apologise to the director.
The firm says its batteries are safe.
    The firm denies that its batteries are dangerous and says they are safe.
The coach will stay until the end of the season.
    The coach will not leave before the end of the season; he will stay until then.
Kenya accused the company of dumping waste, which the company denies.
    The company denies dumping waste, as Kenya alleges.
The report found errors in the accounts.
    The report found errors in the accounts but no evidence of theft.
The bank has reopened all its branches.
    The bank, unable to open its branches last week, has now reopened all of them.
Rescuers found the climbers alive.
    Rescuers, who had never expected to find the climbers alive, found them in a hut, alive.
The senator supports the pipeline.
    The senator supports the pipeline, though he did not vote for it.
The band cancelled its tour.
    The band will not go on tour after all: it cancelled all its concerts.
The vaccine protects children, not adults.
    The vaccine protects children but not adults.
The two leaders shook hands but made no statement.
    The two leaders shook hands. They made no statement.
The city had warned residents about the flood.
    The city had warned residents about the flood, but not everyone got the message.
"""
)
LATER_PLANTED = pairs(
    """
# number
The operator expects repairs to take six to nine weeks.
    Repairs could last between six and eight weeks, according to the operator.
Heat killed 16 people in the province.
    In July 2022, sixty-one people in the province died from the heat.
Nine in ten of the wells are safe.
    Just one in ten wells was safe.
The reform passed by two votes.
    The pension reform squeaked through parliament by one vote.
The strike, the fifth since January, is over pay.
    It is the fourth walkout since January.
The US Senate passed the bill 86-31.
    By 68 votes to 31, the United States Senate passed the bill.
Up to 500 people were evacuated.
    At least 500 people were evacuated.
# unit
Toralis shares fell 9 dollars in early trading.
    Toralis stock dropped by 9 percent in early trade.
Lunde lies 18 miles off the coast.
    Lunde, an island 18 km from the coast, has a single shop.
The loss came to 40 million pounds.
    Marta Lindqvist put the loss at 40 million euros.
Repairs will last eight months.
    Repairs could last eight weeks, the operator said.
The river rose 2.3 feet in two days.
    In two days the river climbed by 2.3 metres.
The plan would cost $4bn.
    The annual cost is put at £4bn.
# date
The landslide happened on Tuesday night.
    A section of the railway was buried by a landslide late on Monday.
The landslide happened on 13 June 2023.
    A section of the railway was buried by a landslide late on Monday.
The exhibition opens on 20 July.
    Opening on June 20, the show will run until the end of September.
The mayor was elected in 1989.
    Elected in 1998, Gdynia's mayor has never left office.
It closed in late March.
    It shut in mid-March.
Doctors walked out on Thursday.
    At 7am on Tuesday, doctors walked out.
The Bank of Ghana has not intervened since 2020.
    The Bank of Ghana last intervened in 2022.
# name
The island of Lunde belongs to Denmark.
    Lunde, an island 18 km from the coast, has a single shop.
Haruka Sato won.
    Haruka Mori won; she came 2nd.
Uruguay's environment agency fined the mine.
    The mine was fined by the Brazilian environmental agency.
The mayor of Gdansk has been in office since 1998.
    Elected in 1998, Gdynia's mayor has never left office.
Doctors in Hull walked out.
    Doctors walked out at three Leeds hospitals.
Human Rights Watch welcomed the ruling.
    Amnesty International welcomed the ruling.
India's cricketers were all out.
    The Sri Lankan side were bowled out for 212 runs.
Exxon reported lower profits.
    Profits fell at both BP and Shell.
# quotation
She called the results “a breakthrough”.
    “The results are encouraging, but early,” said Imani Keller.
“The results are early but encouraging,” said Keller.
    “The results are encouraging, but early,” said Imani Keller.
The firm said it was 'not at fault'.
    The firm said that it bore no blame.
“Nobody told us,” the driver said.
    “Somebody told us,” the driver said.
He said he was “not keen on awards”.
    “I'm not interested in awards,” said Ben Achebe, the actor.
The virus is "out of control", it warned.
    It warned that the virus could not be contained.
# negation
Engineers said the crack threatened the dam.
    Engineers said the crack did not threaten the dam.
The orchestra plans to leave its hall.
    The orchestra does not plan to leave its hall, a spokeswoman said.
The pilots did not survive the crash.
    Both pilots survived the crash, the authority confirmed.
The council has never approved the tower.
    The council approved the tower on Monday.
Pope Benedict visited the abbey.
    The abbey was never visited by Pope Benedict.
Some residents had been told to leave.
    Some residents had not been told to leave.
A party won a majority.
    No party won a majority.
Sabotage was the cause, investigators said.
    Sabotage was not the cause, investigators said.
The virus can be contained.
    The virus cannot be contained, it warned.
Ofsted commented.
    Ofsted declined to comment.
The minister refused to meet the families.
    The minister met the families on Monday.
The treaty was ratified.
    The treaty has not yet been ratified.
The actor apologised to the director.
    The actor apologised to the crew but did not apologise to the director.
The vaccine protects adults.
    The vaccine protects children but not adults.
The report found evidence of theft.
    The report found errors in the accounts but no evidence of theft.
The company admitted that it had dumped waste in the lake.
    The company denied that it had dumped waste in the lake.
The two leaders made a joint statement.
    The two leaders shook hands. They made no joint statement.
The senator voted for the pipeline.
    The senator supports the pipeline, though he did not vote for it.
The museum will return the mask to Benin.
    The museum will not return the mask to Benin.
The minister never met the lobbyists.
    The minister met the lobbyists at least twice.
Officials could confirm the number of dead.
    Officials could not confirm the number of dead.
The mayor resigned without apologising.
    The mayor resigned and apologised.
"""
)


def kinds(sentence: str, span: str) -> set[str]:
    return {problem.kind for problem in check_claims(sentence, span, published=PUBLISHED)}


@pytest.mark.parametrize(("kind", "sentence", "span"), TRUE_PAIRS)
def test_true_paraphrase_passes(kind: str, sentence: str, span: str) -> None:
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


SENTENCES = st.sampled_from([text for pair in TRUE_PAIRS for text in pair[1:]])


@pytest.mark.parametrize(("kind", "sentence", "span"), LATER_TRUE_PAIRS)
def test_later_true_paraphrase_passes(kind: str, sentence: str, span: str) -> None:
    assert check_claims(sentence, span, published=WEDNESDAY) == []


@pytest.mark.parametrize(("kind", "sentence", "span"), LATER_PLANTED)
def test_later_planted_error_is_caught(kind: str, sentence: str, span: str) -> None:
    found = check_claims(sentence, span, published=WEDNESDAY)
    assert kind in {problem.kind for problem in found}


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
    cases = TRUE_PAIRS + PLANTED
    began = time.process_time()
    for _, sentence, span in cases:
        check_claims(sentence, span, published=PUBLISHED)
    assert (time.process_time() - began) / len(cases) < 0.001
