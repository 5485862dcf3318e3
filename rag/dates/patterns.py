"""How texts write dates: the patterns, tried in order."""

import re

from rag.dates.values import MONTHS, WEEKDAYS

_MONTH = r"(?P<m>" + "|".join(MONTHS) + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_FULL_MONTH = r"(?P<m>" + "|".join(MONTHS) + r")\b"
_WEEKDAY = r"(?P<wd>" + "|".join(WEEKDAYS) + r")\b"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\b"
_DAY2 = r"(?:(?:\s?[-–]\s?|\s(?:to|and|or|until)\s)(?P<d2>\d{1,2})(?:st|nd|rd|th)?\b)?"
# "2000 of these drones" is a count.
_YEAR = r"(?P<y>(?:1\d|20)\d\d)\b(?![,.]\d|%|\sof\s(?:the|these|those|them|its|their)\b)"
_SEASON = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\b"
_PART = (
    r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|(?:[Ss]tart|[Bb]eginning|[Mm]iddle|[Ee]nd)\sof)"
    r"[-\s](?:in\s)?(?:the\s)?)?"
)
_WHICH = (
    r"(?:[Ee]arlier\s|[Ll]ater\s|[Ee]arly\s|[Ll]ate\s)?"
    r"(?<!the\s)(?P<which>[Ll]ast|[Tt]his|[Nn]ext)\s"
)
_TIME_OF_DAY = r"(?:\s(?:morning|afternoon|evening|night))?"
_UNIT = r"(?P<unit>minute|hour|day|night|week|fortnight|month|year|decade)"
AMOUNTS = {
    word: amount
    for amount, words in enumerate(
        "a/an/one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split(),
        1,
    )
    for word in words.split("/")
}
_COUNT = r"(?P<count>(?<![\d,.])(?:\d{1,3}(?:,\d{3})+|\d{1,7})|" + "|".join(AMOUNTS) + ")"
_FEW = r"(?:(?:a\s)?(?:few|couple\sof)|several|many|some)"
_NOUN = r"(?:\s(?:the|a|an|his|her|its|their)\s[\w-]+)?"
_WAY = rf"\s(?:(?P<way>ago|earlier|later|previously|afterwards)|(?P<by>before|after){_NOUN})\b"

PATTERNS = [
    re.compile(pattern)
    for pattern in (
        r"(?<![\d-])(?P<y>\d{4})-(?P<month>\d\d)-(?P<d>\d\d)(?![\d-])",
        rf"(?:\b{_WEEKDAY},?\s)?(?<![\d/.])(?P<n1>\d{{1,2}})(?P<mark>[/.])(?P<n2>\d{{1,2}})(?P=mark)"
        r"(?P<y>\d{4})\b",
        rf"(?:\b{_WEEKDAY},?\s(?:the\s)?)?(?<![\d,.:$€£-]){_DAY}{_DAY2}\s(?:of\s)?{_MONTH}"
        rf"(?:,?\s(?:of\s)?{_YEAR})?",
        rf"(?:\b{_WEEKDAY},?\s)?\b{_MONTH}\s(?:the\s)?{_DAY}(?![,.:]\d{{3}}|[:.]\d|%){_DAY2}"
        rf"(?:,?\s{_YEAR})?",
        rf"\b(?:[Ii]n\s)?{_PART}{_MONTH},?\s(?:of\s)?{_YEAR}",
        rf"\b(?:[Ii]n\s)?{_PART}(?:the\s)?{_SEASON}(?:\sof)?\s{_YEAR}",
        rf"\b{_WHICH}(?:{_WEEKDAY}{_TIME_OF_DAY}|{_FULL_MONTH}|{_SEASON}"
        r"|(?P<unit>week|weekend|month|year|decade|night|morning|afternoon|evening)\b)",
        r"\b(?:[Aa]t|[Oo]ver|[Dd]uring)\sthe\s(?P<word>weekend)\b",
        r"\b(?P<word>[Tt]he\sday\s(?:before\syesterday|after\stomorrow)"
        rf"|[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b{_TIME_OF_DAY}",
        rf"(?i:\b(?:{_COUNT}|the(?=\s\w+\s(?:before|after)\b)|{_FEW}|(?=\w+s\s))\s?"
        rf"\b{_UNIT}s?{_WAY})",
        rf"(?i:\bthe\s(?P<event>following|next|previous|same|last|past|preceding)\s{_UNIT}s?\b)",
        r"(?i:\bthe\s(?P<event>following|next|previous|same)\s"
        r"(?:(?P<unit>morning|afternoon|evening)|(?P<season>spring|summer|autumn|fall|winter))\b)",
        rf"(?i:\b(?:the\s)?(?P<event>recent|coming|past|last|next)\s(?:{_FEW}\s)?{_UNIT}s\b)",
        rf"\b(?:[Ii]n\s)?{_PART}(?:[Tt]he\s)?(?P<decade>(?:1\d|20)\d0)['’]?s\b",
        rf"\b(?:[Oo]n\s)?{_WEEKDAY}{_TIME_OF_DAY}",
        r"\b(?:[Ii]n|[Dd]uring)\s(?:the\s)?(?P<season>spring|summer|autumn|winter)\b",
        rf"\b(?:[Ii]n\s)?{_PART}{_FULL_MONTH}",
        rf"(?<![\w,.:/$€£-]){_YEAR}\s?[-–/]\s?(?P<y2>(?:1\d|20)?\d\d)\b(?![-,./:]\d)",
        rf"(?<![\w,.:/$€£])(?:[Ii]n\s)?{_PART}(?<![\d-]){_YEAR}(?![-/]\d)",
    )
]
HINT = re.compile(
    r"\d|day|tomorrow|night|morning|evening|afternoon|week|month|year|decade|hour|minute|spring|summer|autumn"
    r"|winter|fall|" + "|".join(MONTHS),
    re.I,
)
