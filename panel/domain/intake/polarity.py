"""Whether a text says yes or no to the property it is about: shown or hidden, offered or blocked.

Only the first word that takes a side counts, since `works without a connection` is a yes.
"""

import re
from functools import lru_cache

from panel.domain.intake.normal import content_words
from panel.domain.typography import fold

_POLAR = re.compile(
    r"\b(?P<deny>(?:may|can|could|does|do|did|is|are|was|were|will|has|have) not|cannot|not|no"
    r"|never|none|nobody|nothing|nowhere|without|neither|nor|hardly|lack(?:s|ing)?|fail(?:s|ed)? to"
    r"|unable)\b"
    r"|\w+(?P<apart>n't)\b"
    r"|\b(?P<no>block(?:s|ed)|bann?(?:s|ed)|bar(?:s|red)|forbid(?:s|den)|prohibit(?:s|ed)|hidden|hides"
    r"|secret|withheld|withholds|withdrawn|closed|private|disabled|disallowed|impossible|refus(?:es|ed)"
    r"|reject(?:s|ed)|exclude[sd]|stop(?:s|ped)|missing|absent|removed|dropped|den(?:ies|ied)"
    r"|discontinued|fail(?:s|ed)?|forgets|forgotten|plain text|in the clear|unencrypted|uncertified"
    r"|unverified|untested|unaudited|unlicensed|unavailable|unsupported|unsafe|unfit|unpublished|unreleased|undocumented|invisible"
    r"|inaccessible|unsuitable)\b"
    r"|\b(?P<yes>yes|works?|can|may|support(?:s|ed)?|available|allow(?:s|ed)|permit(?:s|ted)|possible"
    r"|publish(?:es|ed)|public|open|show[sn]?|visible|include[sd]|offer(?:s|ed)|enabled|safe|free"
    r"|freely|native(?:ly)?|built-in|accept(?:s|ed)|present|every|everywhere|worldwide"
    r"|anyone|everyone|documented|suitable|fit|guaranteed|pass(?:es|ed)|encrypted|certified|verified|tested"
    r"|audited|licensed|stable|keeps|remembers)\b"
)
_AT = re.compile(
    r"\b(?:in|to|for|on|with|under|during|outside|beyond|by)"
    r" (?:the |an? |its |their )?([a-z][\w-]*)"
)
_ANYBODY = frozenset(
    {
        "users",
        "user",
        "public",
        "anyone",
        "anybody",
        "everyone",
        "customers",
        "readers",
        "outsiders",
    }
    | {
        "people",
        "plain",
        "all",
        "any",
        "every",
        "full",
        "way",
        "us",
        "press",
        "now",
        "time",
        "moment",
    }
)
"""Whom a denial may name without narrowing what it denies."""

_PLAIN = frozenset(
    {"do", "does", "did", "can", "may", "will", "be", "been", "able", "way", "kind", "sort"}
    | {"of", "any", "all", "yet", "at", "have", "has", "support", "handle", "understand"}
    | {"see", "take", "accept", "read", "watch", "hear", "offer", "provide", "include"}
    | {"allow", "permit", "come", "work", "use", "get", "give", "reach", "run", "let"}
    | {"feature", "ability", "capability", "capable", "function", "model", "built", "in"}
    | {"native", "natively", "user", "there", "so", "far", "still", "currently", "today"}
    | {"whatsoever", "possible", "available", "ever", "anybody"}
)
"""Words that say no more than that something can or cannot be done."""

_DENIAL = re.compile(
    r"\b(?:not|no|never|none|without|cannot|lacks?|neither|nor|unable)\b|\w+n't\b|\bfails? to\b"
)


@lru_cache(maxsize=4096)
def polarity(text: str) -> bool | None:
    """Whether a text says yes, or no; None when it says neither.

    Args:
        text: Any text, e.g. a value.
    """
    denied = False
    for found in _POLAR.finditer(fold(text).text):
        if found["yes"] or found["no"]:
            return bool(found["yes"]) != denied
        denied = True
    return False if denied else None


def narrowed(denial: str, other: str) -> bool:
    """Whether a denial is of a part that the other text does not speak of, as `not in Norway`.

    Args:
        denial: The text that says no.
        other: The text that says yes.
    """
    named = {found[1] for found in _AT.finditer(fold(denial).text)} - _ANYBODY
    return bool({_stem(word) for word in named} - {_stem(word) for word in content_words(other)})


def denies_all(denial: str, other: str, attribute: str) -> bool:
    """Whether one sentence does no more than deny the property that the other affirms.

    Args:
        denial: A sentence.
        other: Another one.
        attribute: The property of both.
    """
    if not _DENIAL.search(fold(denial).text) or _DENIAL.search(fold(other).text):
        return False
    about = stems(attribute.replace("-", " "))
    mine, theirs = stems(_DENIAL.sub(" ", fold(denial).text)), stems(other)
    return bool(about & mine & theirs) and not mine - theirs - about - stems(" ".join(_PLAIN))


def stems(text: str) -> set[str]:
    """The words of a text that carry meaning, each without the ending of its form.

    Args:
        text: Any text.
    """
    return {_stem(word) for word in content_words(text)}


def _stem(word: str) -> str:
    """A word without the ending of its form."""
    cut = re.sub(r"(?:ings?|ers?|ed|es|s|e)$", "", word)
    return cut if len(cut) > 2 else word
