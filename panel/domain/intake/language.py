"""Which language a text is written in, as far as its script and commonest words tell.

We write English and quote English; a page in another language is named, never guessed at.
"""

import re
from collections.abc import Mapping

_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_FEW = 12
"""With fewer words than this a Latin text is taken for English."""

_VARIED = 3
"""Fewer different common words are chance."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON: Mapping[str, frozenset[str]] = {
    "en": _words(
        "the of and to in is it for on with that as are from at its has was be this not than or"
        " which but have all can will by an it's we you they their our more what how when who"
    ),
    "de": _words(
        "der die das und ist nicht mit den für ein eine zu auf von im dem des sich wird sind"
        " auch als werden oder bei aus einer einem einen nach wie über zum zur kann"
    ),
    "fr": _words(
        "le la les et est une un pour que qui dans sur avec ce cette ces ne pas du au aux des"
        " par plus sont il elle nous vous leur comme mais ou"
    ),
    "es": _words(
        "el la los las en es y por con para del se lo una un que su como más pero sus al este"
        " esta son ha sin sobre también puede"
    ),
    "pt": _words(
        "o a os as um uma em com não para que do da dos das no na nos se por mais como é ao"
        " pelo pela são seu sua também"
    ),
    "it": _words(
        "il lo gli che di per non della è sono con una un del la le da nel alla più anche come"
        " questo questa dei delle ha"
    ),
    "nl": _words(
        "de het een van en is dat voor op te in met zijn niet aan er ook als door naar bij om"
        " wordt worden deze dit maar"
    ),
    "sv": _words("och att det som en på är av för den till med inte har om ett kan vi de från"),
    "pl": _words("i w na z do się nie jest to że o jak po dla od za przez są oraz które"),
    "tr": _words("ve bir bu için ile da de olarak daha çok en olan gibi sonra kadar ancak"),
    "id": _words("yang dan di untuk dengan ini dari pada tidak adalah dalam akan juga oleh"),
}
_SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u3400-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7af\u1100-\u11ff]"),
    "ru": re.compile("[\u0400-\u052f]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "el": re.compile("[\u0370-\u03ff]"),
}
_SHARE = 0.25
"""A text of which so many letters are of another script is not English."""


def language_of(text: str) -> str:
    """ISO 639-1 code of a text's language; empty when there are too few words to tell.

    Args:
        text: Any text; its first pages are looked at.
    """
    sample = text[:_SAMPLE]
    letters = sum(char.isalpha() for char in sample) or 1
    counts = {code: len(script.findall(sample)) for code, script in _SCRIPTS.items()}
    foreign = sum(counts.values())
    if foreign / letters > _SHARE:
        if counts["ja"] * 8 > counts["zh"] > 0:
            return "ja"  # written with Chinese characters too
        return max(counts, key=lambda code: counts[code])
    tokens = _WORD.findall(sample.lower())
    if len(tokens) < _FEW:
        return ""
    hits = {code: sum(token in known for token in tokens) for code, known in _COMMON.items()}
    best = max(hits, key=lambda code: hits[code])
    varied = len(_COMMON[best].intersection(tokens)) >= _VARIED
    return best if varied and hits[best] * 20 >= len(tokens) else ""
