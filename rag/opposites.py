"""Words that cannot both be said of one thing: who left did not stay.

Only true opposites. Words that swap their sides (win and lose, buy and sell) can both be true, and
so can those that follow upon each other (begin and end).
"""

from functools import cache

from ingest.lexical import stems
from rag.verbs import verb_stems

_PAIRS = """
stay remain | leave quit
keep retain preserve | scrap abolish axe ditch discontinue
approve accept endorse adopt | reject refuse veto
allow permit | ban forbid prohibit bar
open reopen | close shut
rise increase grow climb gain | fall decrease decline shrink dwindle
raise | cut lower reduce
support favour | oppose
succeed | fail
survive | die perish
alive | dead
innocent acquit | guilty convict
uphold | overturn quash
strengthen | weaken
widen expand | narrow shrink
save rescue spare | destroy
remember | forget
agree | disagree refuse
hire recruit | sack dismiss
safe | unsafe dangerous
legal lawful | illegal unlawful
public | secret
same | different
full | empty
early | late
north | south
east | west
indoors | outdoors
unanimous | split divided
possible | impossible
insured | uninsured
known | unknown
male | female
"""


@cache
def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _PAIRS.strip().splitlines():
        one, other = (
            {stem for word in side.split() for stem in verb_stems(word)} for side in line.split("|")
        )
        for ours, theirs in ((one, other), (other, one)):
            for stem in ours:
                table.setdefault(stem, set()).update(theirs)
    return {stem: frozenset(found) for stem, found in table.items()}


def opposed(claim: str, sentence: str) -> frozenset[str]:
    """The stems of `claim` in whose place `sentence` has an opposite, and not the word itself."""
    said = frozenset(verb_stems(sentence)) | frozenset(stems(sentence))
    table = _opposites()
    return frozenset(
        stem
        for stem in verb_stems(claim)
        if stem in table and stem not in said and table[stem] & said
    )
