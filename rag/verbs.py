"""Irregular verbs: "sank" is what "sink" asks for. Stemming alone does not see it."""

from ingest.lexical import stems

_FORMS = """
begin began begun, bind bound, bite bit bitten, bleed bled, blow blew blown, break broke broken,
bring brought, build built, buy bought, catch caught, choose chose chosen, come came, deal dealt,
dig dug, draw drew drawn, drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen,
feed fed, feel felt, fight fought, find found, flee fled, fly flew flown, freeze froze frozen,
get got gotten, give gave given, go went gone, grow grew grown, hang hung, hear heard, hide hid
hidden, hold held, keep kept, know knew known, lay laid, lead led, leave left, lend lent, lose lost,
make made, meet met, pay paid, ride rode ridden, ring rang rung, rise rose risen, run ran, see saw
seen, sell sold, send sent, shake shook shaken, shoot shot, show shown, shrink shrank shrunk, sing
sang sung, sink sank sunk, sit sat, sleep slept, speak spoke spoken, spend spent, stand stood, steal
stole stolen, stick stuck, strike struck stricken, swear swore sworn, sweep swept, swim swam swum,
take took taken, teach taught, tear tore torn, think thought, throw threw thrown, understand
understood, wake woke woken, wear wore worn, win won, withdraw withdrew withdrawn, write wrote
written
"""
_BASES = {
    form: stems(base)[0]
    for verb in _FORMS.replace("\n", " ").split(",")
    for base, *forms in [verb.split()]
    for form in forms
}


def verb_stems(text: str) -> list[str]:
    """The stems of `text` in order, a form of an irregular verb as that of its base."""
    return [_BASES.get(stem, stem) for stem in stems(text)]
