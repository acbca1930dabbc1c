"""Pages that are no article: what stands in the article's place is named.

Only a short text is suspected. A long article that asks for a subscription at its end, or a page
with a sign-in link in its head, is what it seems to be.
"""

import re
from typing import NamedTuple

from panel.domain.intake.language import language_of
from panel.domain.intake.reading import Trouble, TroubleKind

_MOST_WORDS = 4
"""With fewer words there is nothing to take a fact from."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_\u3040-\u9fff]{2,}")


class _Wall(NamedTuple):
    """A kind of page that stands in an article's place.

    Attributes:
        kind: Its name.
        words: A longer text is not suspected.
        seen: What gives it away.
        message: What was seen.
        remedy: What to do next.
    """

    kind: TroubleKind
    words: int
    seen: re.Pattern[str]
    message: str
    remedy: str


def _seen(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_SAVE = "open it in a browser, save the page, and name the saved file"

_WALLS = (
    _Wall(
        "bot-wall",
        120,
        _seen(
            r"checking (?:if |that )?(?:your browser|the site connection|you are human)",
            r"verif(?:y|ying) (?:that )?you(?: are|'re) (?:a )?human",
            r"are you a robot|not a robot|unusual traffic|complete the captcha|solve the captcha",
            r"enable (?:javascript|js)\b|javascript (?:is|to be) (?:required|disabled|enabled)",
            r"(?:requires|need|needs|without) javascript",
            r"just a moment\.\.\.|ddos protection|access denied|request (?:was )?blocked",
            r"performing security verification|security check to access",
        ),
        "the site shows a check for robots or needs a browser, not the article",
        _SAVE,
    ),
    _Wall(
        "soft-404",
        150,
        _seen(
            r"\b(?:page|article|post|story|document|content|url|resource|file)\b[^.!?]{0,40}"
            r"\b(?:not found|cannot be found|can(?:no|')t be found|could ?n[o']t be found"
            r"|(?:does not|doesn't|no longer) exists?|(?:is|was|has been) (?:no longer available"
            r"|removed|deleted|moved)|isn't (?:here|available)|unavailable)",
            r"\b(?:error|http|status|code|seite) ?404\b|\b404\b[^.!?]{0,20}\b(?:not found|error"
            r"|page)",
            r"(?:can't|cannot|could ?n[o']t|couldn't|unable to|did ?n[o']t) find (?:that|the|this"
            r"|what) (?:page|article|post|story|you)",
            r"nothing (?:was |could be )?found (?:here|at this)|^(?:oops[^\n]{0,30})?404\b",
            r"looking for (?:doesn't|does not|isn't|could|can't|cannot|no longer|might have)",
        ),
        "the address answers with success, but says that there is no such page",
        "correct the address, or leave the source out",
    ),
    _Wall(
        "paywall",
        300,
        _seen(
            r"subscribe (?:now |today )?(?:to|and) (?:continue|keep|read|unlock|finish|get full"
            r"|access)",
            r"(?:to|and) (?:continue|keep|finish) reading|(?:continue|keep) reading (?:with|for"
            r"|by)",
            r"(?:for|only to|available to|exclusive(?:ly)? (?:to|for)) (?:our |paid |paying"
            r" |premium )*(?:subscribers|members)\b",
            r"already a (?:paid )?(?:subscriber|member)\b",
            r"(?:subscribers?|members?|premium)[- ]only|premium (?:article|content|story)",
            r"(?:unlock|read) (?:this|the) (?:full |whole |rest of (?:this|the) )*(?:article|story"
            r"|post|analysis|report)\b[^.!?]{0,40}(?:subscri|trial|member|\$|€|£)?",
            r"(?:you have|you've) (?:read|reached|used) (?:all |your |the )*(?:\w+ )?(?:free"
            r"|last free|limit)",
            r"(?:\d+|one|two|three|no) free articles? (?:left|remaining)",
            r"this (?:article|post|story|content) is (?:for|reserved|behind|locked)",
            r"start (?:your|a) (?:\d+[- ]\w+ )?(?:free )?trial",
        ),
        "only the opening stands here; the rest is for subscribers",
        "read it with your own subscription, save the page, and name the saved file",
    ),
    _Wall(
        "login-wall",
        150,
        _seen(
            r"(?:please |must |need to |have to |you'll need to )(?:first )?(?:log"
            r"|sign)[ -]?(?:in|on)",
            r"(?:log|sign)[ -]?in (?:or (?:sign up|register|create an? (?:free )?account|join) )?"
            r"(?:to|for) (?:continue|view|see|read|access|your|get|proceed)",
            r"(?:log|sign)[ -]?in (?:to|with) (?:your )?(?:\w+ )?(?:account|google|apple|email"
            r"|sso)",
            r"(?:create|register for) an? (?:free )?account (?:to|or)",
            r"authentication (?:is )?required|members' area|forgot(?:ten)? (?:your )?password",
        ),
        "the site shows its sign-in page, not the article",
        "sign in yourself, save the page, and name the saved file",
    ),
    _Wall(
        "consent-wall",
        150,
        _seen(
            r"we value your privacy|partners store|cookies? on your device"
            r"|accept all\b.{0,60}reject",
            r"before you continue|manage (?:choices|preferences|consent)|consent to (?:the use"
            r"|cookies)",
            r"(?:use|uses|using) cookies (?:to|and)",
        ),
        "the page shows its cookie notice and no article",
        _SAVE,
    ),
)


def words_in(text: str) -> int:
    """How many words a text has; a Chinese or Japanese letter counts as one.

    Args:
        text: Any text.
    """
    return len(_WORD.findall(text))


def wall(title: str, text: str, visible: str, *, locked: bool = False) -> Trouble | None:
    """What stands in the article's place, if anything does.

    Args:
        title: The page's title.
        text: Its main text.
        visible: Everything that is visible on it, menus included.
        locked: Whether its own markup says that it is not free to read.
    """
    length = words_in(text)
    if length < _MOST_WORDS and words_in(visible) > length:
        text, length = visible, min(words_in(visible), 60)
    for one in _WALLS:
        if length > one.words:
            continue
        if one.kind == "paywall" and (locked or one.seen.search(visible)):
            return Trouble(kind="paywall", message=one.message, remedy=one.remedy)
        if one.seen.search(f"{title}\n{text}"):
            return Trouble(kind=one.kind, message=one.message, remedy=one.remedy)
    return None


def emptiness(text: str) -> Trouble | None:
    """The trouble of a text that says nothing.

    Args:
        text: The main text.
    """
    if words_in(text) >= _MOST_WORDS:
        return None
    return Trouble(
        kind="empty",
        message="there is no text in it to take a fact from",
        remedy="look whether the page needs a browser; if so, save it there and name the file",
    )


def foreignness(text: str, declared: str = "") -> Trouble | None:
    """The trouble of a text that is not in English.

    Args:
        text: The main text.
        declared: Language its markup declares; believed only for a text too short to tell.
    """
    found = language_of(text) or declared[:2].lower()
    if found in {"", "en"}:
        return None
    return Trouble(
        kind="other-language",
        message=f"the text is not in English but in {LANGUAGES.get(found, found)}",
        remedy="name an English version, or enter its facts by hand with a quote of the original",
    )


LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "zh": "Chinese",
}
"""English names of the languages that are told apart."""
