"""Words that are no names, and words that names are made of."""

_FUNCTION_WORDS = """
a about above according across after afterwards again against ago all almost along already also
although always am amid among an and another any anyone anything are around as aside at away back
be because been before behind being below besides between beyond both but by can could currently
depending despite did do does down dozens due during each earlier early eight eighty either eleven
elsewhere even eventually ever every everybody everyone everything except far few fifty finally
first five following for former forty four from further given had half has have having he hence her
here hers him his how however hundreds i if in including indeed inside instead into is it its
itself just last late later latest least less like many may maybe me meanwhile might millions more
moreover most much must my near nearly neither never nevertheless new next nine ninety no nobody
none nonetheless nor not nothing now of off often on once one only or other others otherwise our
out outside over overall part per perhaps please plus previously prior rather recent round same
second seven seventy several shall she should since six sixty so some somebody someone something
sometimes soon still such ten tens than that the their them then there therefore these they third
thirty this those though thousands three through throughout thus to today together tomorrow tonight
too top toward towards twelve twenty two under unless unlike until up upon us very via was we well
were what whatever when whenever where whereas wherever whether which while who whoever whom whose
why will with within without would yes yesterday yet you your
"""
COMMON_STARTERS = frozenset(
    """
aid air anger army attack aviation bread business campaign cash cattle children climate coal coffee
company concern concrete consumer copper corn council court coverage crew crime crowd damage data
debris debt defence demand diesel dust economic education electricity energy epidemic ex-president
fear fighting film fire fish flood fog food football freight fresh fuel funding gas gold governor
grain ground growth hail half heat heavy help hope ice income industry interest internet iron
justice labour land law lead legal light livestock local long low lower mail major malaria male man
mass media medical men metal military milk minister mobile money mud music nation news nitrogen
nuclear oil online opposition output paper parliament pay peace people plan plastic play police
policy pollution power president press prices private profit progress protest public radio rail
rain relief rent rescue research rice rival road rubbish rush sales salt sand scale school science
sea security senior service severe sewage shelling shipping silence silver smoke snow social solar
spokesman spokeswoman staff state steam steel stock storm street strong sugar support talk talks
tax teacher team technology teenage television tension thick timber time tobacco tour tourism town
trade traffic training transport troops trust turn turnout unlike veteran violence virus vote war
water wealth weather weight wheat wind wine winter woman women wood wool work world youth
""".split()
)
ADJECTIVES = frozenset(
    """
    armed big economic fellow foreign fresh good great heavy high key large leading legal light
    local long low lower major many medical military mobile nuclear old online open other private
    public rival rural safe senior severe short small social strict strong thick upper urban veteran
    weak young
    """.split()
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
PRONOUNS = frozenset("i you he she it we they that there what who let don isn aren can won".split())
ARTICLES = frozenset(("the", "a", "an"))
HONORIFICS = frozenset("mr mrs ms miss dr sir dame lord lady".split())
TITLES = frozenset(
    """
    president vice deputy prime minister foreign interior defence defense finance health justice
    chancellor premier king queen prince princess general major colonel captain lieutenant
    sergeant admiral commander chief secretary senator representative congressman congresswoman
    mayor governor judge pope cardinal bishop archbishop rabbi imam ayatollah sheikh chairman
    chairwoman chair director professor spokesman spokeswoman spokesperson coach manager
    ambassador commissioner leader former acting ex supreme first
    """.split()
)
PARTICLES = frozenset(
    "of the de la del der den van von bin ibn da di du el al and for pro anti".split()
)
CALENDAR = frozenset(
    "January February March April May June July August September October November December Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
NAMED_MONTHS = frozenset("March April May June August".split())
