"""Proper names in a text, told by their capitals, and whether a text has a name.

A name stands in a text that has it in another accepted form: without accents, in other case, by
its last part alone, as its acronym or expansion, as the demonym of a country ("Iranian" for Iran)
or as its capital ("Tehran" for Iran, never Iran for Tehran), or respelled (Kyiv, Kiev).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Name:
    """One proper name in a text, without a possessive: `source[start:end] == text`."""

    start: int
    end: int
    text: str


# country and its other names : demonyms : capital and its other names
_COUNTRIES = """
Afghanistan:Afghan:Kabul; Albania:Albanian:Tirana; Algeria:Algerian:Algiers; Angola:Angolan:Luanda;
Argentina:Argentine,Argentinian:Buenos Aires; Armenia:Armenian:Yerevan;
Australia:Australian,Aussie:Canberra; Austria:Austrian:Vienna; Azerbaijan:Azerbaijani,Azeri:Baku;
Bahrain:Bahraini:Manama; Bangladesh:Bangladeshi:Dhaka; Belarus:Belarusian,Belarusan:Minsk;
Belgium:Belgian:Brussels; European Union,EU::Brussels; Bolivia:Bolivian:La Paz; Bosnia,Bosnia and
Herzegovina:Bosnian:Sarajevo; Botswana::Gaborone; Brazil:Brazilian:Brasilia;
Bulgaria:Bulgarian:Sofia; Cambodia:Cambodian:Phnom Penh; Cameroon:Cameroonian:Yaounde;
Canada:Canadian:Ottawa; Chad:Chadian:; Chile:Chilean:Santiago; China,People's Republic of
China,PRC:Chinese:Beijing,Peking; Colombia:Colombian:Bogota; Congo,DRC,Democratic Republic of
Congo,DR Congo:Congolese:Kinshasa; Costa Rica:Costa Rican:; Croatia:Croatian,Croat:Zagreb;
Cuba:Cuban:Havana; Cyprus:Cypriot:Nicosia; Czech Republic,Czechia:Czech:Prague;
Denmark:Danish,Dane:Copenhagen; Ecuador:Ecuadorian,Ecuadorean:Quito; Egypt:Egyptian:Cairo; El
Salvador:Salvadoran,Salvadorean:; Eritrea:Eritrean:Asmara; Estonia:Estonian:Tallinn;
Eswatini,Swaziland:Swazi:; Ethiopia:Ethiopian:Addis Ababa; Fiji:Fijian:;
Finland:Finnish,Finn:Helsinki; France:French,Frenchman,Frenchwoman:Paris; Gaza,Gaza Strip:Gazan:;
Georgia:Georgian:Tbilisi; Germany:German:Berlin; Ghana:Ghanaian:Accra; Greece:Greek:Athens;
Greenland:Greenlandic,Greenlander:Nuuk; Guatemala:Guatemalan:; Haiti:Haitian:Port-au-Prince;
Honduras:Honduran:; Hong Kong:Hong Konger:; Hungary:Hungarian:Budapest;
Iceland:Icelandic,Icelander:Reykjavik; India:Indian:New Delhi,Delhi; Indonesia:Indonesian:Jakarta;
Iran,Islamic Republic,Islamic Republic of Iran:Iranian:Tehran; Iraq:Iraqi:Baghdad;
Ireland:Irish,Irishman,Irishwoman:Dublin; Israel:Israeli:Jerusalem,Tel Aviv; Italy:Italian:Rome;
Ivory Coast,Cote d'Ivoire:Ivorian:Abidjan; Jamaica:Jamaican:Kingston; Japan:Japanese:Tokyo;
Jordan:Jordanian:Amman; Kazakhstan:Kazakh,Kazakhstani:Astana; Kenya:Kenyan:Nairobi;
Kosovo:Kosovar,Kosovan:Pristina; Kuwait:Kuwaiti:; Kyrgyzstan:Kyrgyz:Bishkek;
Laos:Laotian,Lao:Vientiane; Latvia:Latvian:Riga; Lebanon:Lebanese:Beirut;
Liberia:Liberian:Monrovia; Libya:Libyan:Tripoli; Lithuania:Lithuanian:Vilnius; Luxembourg::;
Madagascar:Malagasy:; Malawi:Malawian:; Malaysia:Malaysian:Kuala Lumpur; Mali:Malian:Bamako;
Malta:Maltese:Valletta; Mexico:Mexican:Mexico City; Moldova:Moldovan:Chisinau;
Mongolia:Mongolian:Ulaanbaatar; Montenegro:Montenegrin:Podgorica; Morocco:Moroccan:Rabat;
Mozambique:Mozambican:Maputo; Myanmar,Burma:Burmese:Naypyidaw; Namibia:Namibian:Windhoek;
Nepal:Nepali,Nepalese:Kathmandu; Netherlands,Holland:Dutch,Dutchman,Dutchwoman:Amsterdam; New
Zealand:New Zealander,Kiwi:Wellington; Nicaragua:Nicaraguan:Managua; Niger:Nigerien:Niamey;
Nigeria:Nigerian:Abuja; North Korea,DPRK:North Korean:Pyongyang; North
Macedonia,Macedonia:Macedonian:Skopje; Norway:Norwegian:Oslo; Oman:Omani:Muscat;
Pakistan:Pakistani:Islamabad; Palestine,Palestinian Territories:Palestinian:Ramallah;
Panama:Panamanian:Panama City; Paraguay:Paraguayan:; Peru:Peruvian:Lima;
Philippines:Filipino,Philippine,Filipina:Manila; Poland:Polish,Pole:Warsaw;
Portugal:Portuguese:Lisbon; Qatar:Qatari:Doha; Romania:Romanian:Bucharest; Russia,Russian
Federation:Russian:Moscow,Kremlin; Rwanda:Rwandan:Kigali; Saudi Arabia,KSA:Saudi,Saudi
Arabian:Riyadh; Senegal:Senegalese:Dakar; Serbia:Serbian,Serb:Belgrade; Sierra Leone:Sierra
Leonean:Freetown; Singapore:Singaporean:; Slovakia:Slovak,Slovakian:Bratislava;
Slovenia:Slovenian,Slovene:Ljubljana; Somalia:Somali:Mogadishu; South Africa:South
African:Pretoria; South Korea:South Korean:Seoul; South Sudan:South Sudanese:Juba;
Spain:Spanish,Spaniard:Madrid; Sri Lanka:Sri Lankan:Colombo; Sudan:Sudanese:Khartoum;
Sweden:Swedish,Swede:Stockholm; Switzerland:Swiss:Bern; Syria:Syrian:Damascus;
Taiwan:Taiwanese:Taipei; Tajikistan:Tajik:Dushanbe; Tanzania:Tanzanian:; Thailand:Thai:Bangkok;
Tunisia:Tunisian:Tunis; Turkey,Turkiye:Turkish,Turk:Ankara; Turkmenistan:Turkmen:Ashgabat;
Uganda:Ugandan:Kampala; Ukraine:Ukrainian:Kyiv,Kiev; United Arab Emirates,UAE,Emirates:Emirati:Abu
Dhabi; United Kingdom,UK,Britain,Great Britain:British,Briton:London,Westminster;
Uruguay:Uruguayan:Montevideo; United States,US,USA,America,United States of
America:American:Washington,White House; Uzbekistan:Uzbek:Tashkent; Vatican,Holy See:Vatican:;
Venezuela:Venezuelan:Caracas; Vietnam:Vietnamese:Hanoi; Yemen:Yemeni:Sanaa; Zambia:Zambian:Lusaka;
Zimbabwe:Zimbabwean:Harare; England:English,Englishman,Englishwoman:;
Scotland:Scottish,Scot:Edinburgh,Holyrood; Wales:Welsh,Welshman:Cardiff; Northern Ireland:Northern
Irish:Belfast; Europe:European:; Africa:African:; Asia:Asian:; Latin America:Latin American:;
Catalonia:Catalan:; Chechnya:Chechen:; Crimea:Crimean:; Kurdistan:Kurdish,Kurd:; Tibet:Tibetan:;
California:Californian:; Texas:Texan:
"""
_SAME = """
European Union,EU; United Nations,UN; World Health Organization,World Health Organisation,WHO;
North Atlantic Treaty Organization,NATO; International Monetary Fund,IMF; International Atomic
Energy Agency,IAEA; European Central Bank,ECB; World Trade Organization,WTO; Federal Reserve,Fed;
International Criminal Court,ICC; Kyiv,Kiev; Kharkiv,Kharkov; Odesa,Odessa; Lviv,Lvov;
Dnipro,Dnipropetrovsk; Beijing,Peking; Mumbai,Bombay; Kolkata,Calcutta; Chennai,Madras;
Yangon,Rangoon; Ho Chi Minh City,Saigon; Gdansk,Danzig; Zelensky,Zelenskyy,Zelenskiy;
Gaddafi,Qaddafi,Gadhafi; Hezbollah,Hizbullah,Hizbollah; al-Qaeda,al-Qaida,al Qaeda; Islamic
State,ISIS,ISIL,Daesh; Mohammed,Muhammad,Mohammad,Mohamed; Covid,Covid-19,coronavirus; Member of
Parliament,MP; Prime Minister,PM; Second World War,World War II,World War Two,WWII; First World
War,World War I,World War One,WWI; Federal Bureau of Investigation,FBI; Central Intelligence
Agency,CIA; New York City,NYC; Los Angeles,LA; National Health Service,NHS; Gross Domestic
Product,GDP
"""

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
_COMMON_STARTERS = frozenset(
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
_ADJECTIVES = frozenset(
    """
    armed big economic fellow foreign fresh good great heavy high key large leading legal light
    local long low lower major many medical military mobile nuclear old online open other private
    public rival rural safe senior severe short small social strict strong thick upper urban veteran
    weak young
    """.split()
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
_PRONOUNS = frozenset(
    "i you he she it we they that there what who let don isn aren can won".split()
)
_CONTRACTED = re.compile(r"(?:n?['’]t|['’](?:m|re|ve|ll|d))$")
_ARTICLES = frozenset(("the", "a", "an"))
_HONORIFICS = frozenset("mr mrs ms miss dr sir dame lord lady".split())
_TITLES = frozenset(
    """
    president vice deputy prime minister foreign interior defence defense finance health justice
    chancellor premier king queen prince princess general major colonel captain lieutenant
    sergeant admiral commander chief secretary senator representative congressman congresswoman
    mayor governor judge pope cardinal bishop archbishop rabbi imam ayatollah sheikh chairman
    chairwoman chair director professor spokesman spokeswoman spokesperson coach manager
    ambassador commissioner leader former acting ex supreme first
    """.split()
)
_PARTICLES = frozenset(
    "of the de la del der den van von bin ibn da di du el al and for pro anti".split()
)
_CALENDAR = frozenset(
    "January February March April May June July August September October November December Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
_NAMED_MONTHS = frozenset("March April May June August".split())
_NAMED_DAYS = re.compile(r"\b(?:Black|Good|Bloody|Super|Ash|Palm|Easter|Cyber)\s$")


# --- folding ------------------------------------------------------------------------------------

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’&‑-][^\W_]+)*")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,}s?")
_POSSESSIVE = re.compile(r"['’]s$")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})
_COMPOUNDS = re.compile(r"\b(south sudan|northern ireland|new (?:mexico|england|zealand|york))\b")


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word).casefold().translate(_LETTERS)
    return "".join(c for c in letters if not unicodedata.combining(c))


def _words(text: str) -> list[str]:
    """Folded words, hyphens split, possessives dropped; acronyms stay capital, without dots."""
    return [word for match in _TOKEN.finditer(text) for word in _pieces(match.group())]


def _pieces(token: str) -> list[str]:
    pieces = re.split(r"[-‑]", _POSSESSIVE.sub("", token))
    return [_acronym(piece) if _ACRONYM.fullmatch(piece) else _fold(piece) for piece in pieces]


def _acronym(word: str) -> str:
    return word.replace(".", "").removesuffix("s")


def _phrase(words: list[str]) -> str:
    return _COMPOUNDS.sub(lambda match: match[1].replace(" ", "_"), " ".join(words))


def _spellings(row: str) -> list[str]:
    return [_phrase(_words(name)) for name in row.replace("\n", " ").split(",") if name.strip()]


def _support_table() -> dict[str, frozenset[str]]:
    """For each folded name the phrases that, standing in a text, give that name."""
    table: dict[str, frozenset[str]] = {}
    for row in _SAME.split(";"):
        names = frozenset(_spellings(row))
        table |= {name: table.get(name, frozenset()) | names for name in names}
    for row in _COUNTRIES.split(";"):
        countries, demonyms, capitals = (_spellings(field) for field in row.split(":"))
        names = frozenset(countries + demonyms + [demonym + "s" for demonym in demonyms])
        given = names.union(capitals)
        table |= {name: table.get(name, frozenset()) | given for name in names}
        table |= {capital: table.get(capital, frozenset()) | {capital} for capital in capitals}
    return table


_SUPPORT = _support_table()


# --- finding ------------------------------------------------------------------------------------

_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:(?:[A-Z]\.)*[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Capt|Rep|Sen|Gov|Prof|No|Jr|Sr)$"
)
_GAP = re.compile(r"[ \u00a0]|(?: (?:of|the|de|la|del|der|den|van|von|bin|ibn|da|di|du|al|el))+ ")
_PREFIXES = frozenset("al el ul ur as ad an ibn bin de".split())
_SUBJECT_VERB = re.compile(
    r"\s(?:(?P<singular>has|is|was|says|does)|had|will|would|could|can|may|might|should|must|did|said"
    r"|told|won|lost|met|left|went|made|took|gave|began|held|sent|fell|rose|hit|beat|came|saw|ran|built"
    r"|bought|sold|wrote|died|paid|kept|led|set|put|[a-z]{2,}(?<!e)ed|and\s[A-Z])\b|['’]s\s|,\s(?:who|whose)\b"
)
_COMMON_ENDING = re.compile(
    r"(?:tion|sion|ment|ness|ity|ism|ship|ing|ly|ed|ance|ence|ure|age|ists?|ers|ors|ees|ants)$"
)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    first: bool
    """Begins a sentence, a quotation or a line."""


def find_names(text: str, reference: str = "") -> list[Name]:
    """The proper names in `text`, in order; a possessive "'s" is left off.

    A word that begins a sentence counts as a name only where something else says so: it stands
    capitalised within a sentence of `text` or `reference`, it is a country, an acronym, the start
    of a longer name, or the subject of its sentence without an article ("Petrov said"). A word
    that `reference` has in lower case is no name.
    """
    names: list[Name] = []
    run: list[_Token] = []
    for token in [*_tokens(text), None]:
        if token is not None and run and _joined(text, run[-1], token):
            run.append(token)
            continue
        run = _without_starter(text, run, reference)
        if run:
            start, end = run[0].start, run[-1].end
            names.append(Name(start, end, text[start:end]))
        run = [token] if token is not None else []
    return names


@lru_cache(maxsize=512)  # one span is read again for each sentence that cites it
def _tokens(text: str) -> tuple[_Token, ...]:
    """The capitalised words of `text`; of "anti-Russian" the capitalised part."""
    tokens = []
    for match in _TOKEN.finditer(text):
        token = _POSSESSIVE.sub("", match.group())
        if token == token.lower() or _CONTRACTED.sub("", token).lower() in _PRONOUNS:
            continue
        for start, piece in _capital_pieces(token):
            start += match.start()
            if not _is_calendar(text, start, piece):
                tokens.append(_Token(start, start + len(piece), piece, _begins(text, start)))
    return tuple(tokens)


def _capital_pieces(token: str) -> list[tuple[int, str]]:
    """(offset, text) of what is a name in a word: all of "al-Hakim", the "US" of "US-backed"."""
    pieces = [(m.start(), m.group()) for m in re.finditer(r"[^-‑]+", token)]
    lower = [p for _, p in pieces if p[0].isalpha() and p == p.lower() and p not in _PREFIXES]
    if not lower:
        return [(0, token)]
    return [(start, piece) for start, piece in pieces if piece[0].isupper()]


def _is_calendar(text: str, start: int, word: str) -> bool:
    """A month or weekday on its own; not the "May" of "Theresa May" nor "Good Friday"."""
    if word not in _CALENDAR:
        return False
    before = text[max(0, start - 40) : start]
    if word not in _NAMED_MONTHS:
        return not _NAMED_DAYS.search(before)
    name_before = re.search(r"(?:^|[^.!?]\s)([A-Z][a-z]+)\s$", before)
    return not (name_before and name_before[1].lower() not in FUNCTION_WORDS)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a line begins at `start`."""
    if text[start - 1 : start] in ("“", "«", "„") or re.search(
        r"(?:^|\s)[\"‘']$", text[max(0, start - 2) : start]
    ):
        return True
    before = text[:start].rstrip(" \t\u00a0“”\"'‘’«»([*–—-•")
    if not before or before[-1] in "!?…:\n":
        return True
    return before[-1] == "." and not _ABBREVIATION.search(before[-8:-1])


def _joined(text: str, last: _Token, token: _Token) -> bool:
    gap = text[last.end : token.start]
    if last.text in _CALENDAR and last.text not in _NAMED_MONTHS:
        return False
    if gap in (". ", ".") and (len(last.text) == 1 or _ABBREVIATION.search(" " + last.text)):
        return True
    return not token.first and _GAP.fullmatch(gap) is not None


def _without_starter(text: str, run: list[_Token], reference: str) -> list[_Token]:
    """`run` without articles, honorifics, and a first word that is capital only by its place."""
    while run:
        word = run[0].text.lower()
        if word not in _ARTICLES | _HONORIFICS and not (
            run[0].first and not _is_name(text, run, reference)
        ):
            break
        run = run[1:]
    if all(t.text.lower() in FUNCTION_WORDS and not _ACRONYM.fullmatch(t.text) for t in run):
        return []
    return run


def _is_name(text: str, run: list[_Token], reference: str) -> bool:
    """Whether the first word of `run`, which begins a sentence, is part of a name."""
    word = run[0].text
    if not word.isalpha() or word != word.capitalize() or _phrase(_pieces(word)) in _SUPPORT:
        return True
    if word == "New" and len(run) > 1:
        return True
    if word.lower() in FUNCTION_WORDS:
        return False
    if word in _capitals(text) or word in _capitals(reference):
        return True
    lower = word.lower()
    if lower in _ADJECTIVES or lower in _lower_words(reference):
        return False
    if len(run) > 1 and word.endswith("s") and " of " in text[run[0].end : run[1].start]:
        return False  # "Sales of Keltan trams"
    if len(run) > 1:  # "Labour Party", "Defence Ministry"
        return not re.search(r"(?:ing|ly|ed)$", word)
    if lower in _COMMON_STARTERS:
        return False
    return _is_subject(text, run[0])


@lru_cache(maxsize=512)
def _capitals(text: str) -> frozenset[str]:
    return frozenset(token.text for token in _tokens(text) if not token.first)


@lru_cache(maxsize=512)
def _lower_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[a-z][\w'’-]*", text))


def _is_subject(text: str, token: _Token) -> bool:
    """Whether a lone subject has the form of a name: "Petrov said", but not "Officials said"."""
    verb = _SUBJECT_VERB.match(text, token.end)
    if verb is None or _COMMON_ENDING.search(token.text):
        return False
    plural = token.text.endswith("s") and not token.text.endswith(("ss", "us", "is", "os"))
    return not plural or verb["singular"] is not None


# --- what stands in a text ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Index:
    """A text made ready for looking up names."""

    cased: str
    """Its folded words, acronyms in capitals, one space around each."""
    folded: str
    """The same, all folded."""
    runs: tuple[tuple[str, ...], ...]
    """The folded words of each of its capitalised names."""


@lru_cache(maxsize=512)
def _index(text: str) -> _Index:
    cased = f" {_phrase(_words(text))} "
    runs = tuple(
        tuple(word for word in _words(name.text) if word not in _PARTICLES)
        for name in find_names(text)
    )
    return _Index(cased, cased.casefold(), runs)


def name_stands_in(name: str, text: str) -> bool:
    """Whether `text` has `name` in one of its accepted forms (see the top of this file).

    Of a longer name every part must stand, and a last name must not stand with other first names
    only: "Emma Stone" does not stand in "Emma Watson and Oliver Stone".
    """
    index = _index(text)
    phrase = _phrase(_words(name))
    if not phrase or _stands(phrase, index):
        return True
    words = phrase.split()
    parts: list[str] = []
    while words:
        sizes = range(min(5, len(words)), 0, -1)
        size = next((n for n in sizes if _stands(" ".join(words[:n]), index)), 0)
        if size:
            parts.append(" ".join(words[:size]))
        elif words[0] not in _PARTICLES | _HONORIFICS:
            return False
        words = words[size or 1 :]
    return not _torn(parts, index)


def _stands(phrase: str, index: _Index) -> bool:
    forms = {phrase, phrase + "s", phrase.removesuffix("s")} | _SUPPORT.get(phrase, frozenset())
    if any(_has(form, index) for form in forms):
        return True
    if _is_acronym(phrase):
        return any(phrase.lower() in _initials(run) for run in index.runs)
    words = [word for word in phrase.split() if word not in _PARTICLES]
    return len(words) >= 3 and f" {_initials(words).upper()} " in index.cased


def _has(form: str, index: _Index) -> bool:
    if len(form) > 3 or not _is_acronym(form):
        return f" {form.casefold()} " in index.folded
    return f" {form} " in index.cased  # "US" is not "us", "WHO" not "who"


def _is_acronym(phrase: str) -> bool:
    return len(phrase) > 1 and phrase.isalpha() and phrase.isupper()


def _initials(words: tuple[str, ...] | list[str]) -> str:
    return "".join(word[:1].lower() for word in words)


def _torn(parts: list[str], index: _Index) -> bool:
    """Whether the text gives the last of `parts` to bearers of other names only."""
    if (
        len(parts) < 2
        or parts[-2].split()[-1] in _TITLES
        or {parts[-2], parts[-1]} & _SUPPORT.keys()
    ):
        return False
    given, last = parts[-2].split()[-1], parts[-1].split()[0]
    bearers = [run for run in index.runs if last in run]
    return bool(bearers) and all(
        given not in run and run.index(last) > 0 and run[run.index(last) - 1] not in _TITLES
        for run in bearers
    )
