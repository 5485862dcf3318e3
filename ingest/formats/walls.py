"""Pages that stand in front of an article, or in its place: what they are, so that none of their
words is ever taken for the article's."""

import re
from dataclasses import dataclass
from typing import Any

from ingest.formats.page_meta import Statements

SHORT = 120
"""Words of text below which a page that shows a wall holds no article of its own."""
STUB = 250
"""The same where the page itself says that the article costs something."""


@dataclass(frozen=True, slots=True)
class Wall:
    """A kind of page that holds no article."""

    reason: str
    title: re.Pattern[str]
    """A title that is enough on its own, with little text."""
    text: re.Pattern[str]
    """Words of the text that, with little of it, show the kind."""


def _wall(reason: str, title: str, text: str) -> Wall:
    return Wall(reason, re.compile(title, re.I), re.compile(text, re.I))


_WALLS = (
    _wall(
        "an error page",
        r"^(?:error\s*)?(?:40[0-9]|410|429|50[0-4])\b|\b(?:page|article) (?:not|cannot be) found\b|"
        r"^not found$|^access denied$|^forbidden$|^bad (?:request|gateway)$|"
        r"^(?:service )?(?:temporarily )?unavailable$|^internal server error$|^oops\b",
        r"\b(?:the |this )?(?:page|article|story)(?: that)?(?: you(?:'re| are| were)? "
        r"(?:looking for|requested|tried))?[^.]{0,40}"
        r"(?:could not be found|cannot be found|can'?t be found|does(?: not|n'?t) exist|"
        r"no longer (?:exists|available)|has been (?:removed|moved or deleted))|"
        r"\byou don'?t have permission to access\b|\bHTTP (?:status|error) (?:4|5)\d\d\b",
    ),
    _wall(
        "a check for robots",
        r"^just a moment|attention required|are you (?:a robot|human)|security check|"
        r"^(?:captcha|ddos|pardon our interruption)|checking your browser|verify you are human|"
        r"^bloomberg - are you a robot",
        r"\b(?:verify|confirm|prove)(?: that)? you(?:'re| are) (?:not a (?:ro)?bot|(?:a )?human)|"
        r"checking your browser before|enable javascript and cookies to continue|"
        r"unusual (?:traffic|activity) from your (?:computer )?(?:network|ip)|complete the captcha",
    ),
    _wall(
        "a consent wall",
        r"^(?:before you continue|cookie(?:s)? (?:consent|settings|policy|notice)|"
        r"your privacy(?: choices)?|privacy (?:settings|notice)|we value your privacy|"
        r"consent|yahoo is part of)",
        r"\b(?:we(?: and our (?:\d+ )?partners)?|our partners) (?:use|store|process)[^.]{0,80}"
        r"\b(?:cookies|personal data|information on a device)|\baccept all(?: cookies)?\b|"
        r"\byour consent\b|\bmanage (?:your )?(?:cookie|privacy) (?:settings|preferences)|"
        r"\bcontinue (?:without accepting|with cookies)",
    ),
    _wall(
        "a paywall stub",
        r"^(?:subscribe|log ?in|sign ?in|register|subscription required|subscribers? only)"
        r"(?: (?:to|now|\||-).*)?$",
        r"\b(?:subscribe|sign up|log ?in|sign ?in|register|become a (?:member|subscriber))\b"
        r"[^.]{0,60}\b(?:to (?:continue|keep|read|access|unlock|view|see)|for (?:full|unlimited) "
        r"access)|\b(?:this (?:article|story|content) is (?:only )?(?:available )?"
        r"(?:for|to|exclusive to) (?:our )?(?:paying |premium )?(?:subscribers|members)|"
        r"already a (?:subscriber|member)\?|subscribers? only|premium (?:article|content)|"
        r"(?:you(?:'ve| have)|reached) (?:read |reached )?your (?:monthly |free )?(?:article )?"
        r"(?:limit|last free)|to read the (?:full|rest of (?:this|the)) (?:article|story))\b",
    ),
    _wall(
        "an empty shell that its scripts would fill",
        r"^$(?!)",
        r"\b(?:you need to |please |must )?enable javascript\b|javascript (?:is|must be) "
        r"(?:disabled|required|enabled)|^loading(?:\.{3}|…)?$",
    ),
)  # fmt: skip


def wall_of(tree: Any, title: str, text: str, stated: Statements) -> str:
    """What kind of wall a parsed page is, for people; empty when it holds an article.

    A long text is an article whatever else the page shows.
    """
    words = len(text.split())
    plain = text.replace("’", "'")
    if words < SHORT:
        for wall in _WALLS:
            if wall.title.search(title.strip()) or wall.text.search(plain):
                return wall.reason
    if words < STUB and _costs(tree, stated):
        return "a paywall stub"
    return ""


def shell_of(tree: Any, title: str) -> str:
    """Why a page has no text at all, for people."""
    shown = " ".join(tree.text_content().split())[:5000].replace("’", "'")
    for wall in _WALLS:
        if wall.title.search(title.strip()) or wall.text.search(shown):
            return wall.reason
    scripts = len(tree.xpath("//script"))
    roots = tree.xpath('//*[@id="root" or @id="app" or @id="__next" or @id="__nuxt"]')
    if scripts and (roots or len(shown.split()) < 30):
        return "an empty shell that its scripts would fill"
    return ""


def _costs(tree: Any, stated: Statements) -> bool:
    """Whether the page says in its data that the article must be paid for."""
    said, _ = stated.first("free")
    path = '//meta[@property="article:content_tier" or @name="article:content_tier"]/@content'
    return said == "false" or any(tier.lower() == "locked" for tier in tree.xpath(path))
