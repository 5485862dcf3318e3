"""Number words: what each is worth."""

SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: value * 10
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
POWERS = {
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
SUFFIXES = {
    **dict.fromkeys(("k", "K"), 10**3),
    **dict.fromkeys(("m", "M", "mn", "mln"), 10**6),
    **dict.fromkeys(("b", "B", "bn", "bln"), 10**9),
    **dict.fromkeys(("tn", "trn", "T"), 10**12),
}
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        start=1,
    )
}
PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    word + s: value for word, value in ORDINALS.items() if 3 <= value <= 10 for s in ("", "s")
}
POWER = "(?:" + "|".join(POWERS) + r")\b"
WORD = "(?:" + "|".join([*TENS, *reversed(SMALL), *POWERS]) + r")\b"
