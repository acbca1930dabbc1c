"""Keys must never reach a log, a row or a page: this is the one place that takes them out."""

import re
from collections.abc import Iterable

_SHAPES = re.compile(
    r"""(?xi)
    \b(?:sk|pk|rk|gsk|xai|hf|or|key)[-_][A-Za-z0-9_\-*.]{6,}   # provider keys, masked ones too
    | \bAIza[0-9A-Za-z_\-]{20,}
    | (?<=bearer\s)[A-Za-z0-9._~+/\-]{8,}=*
    | (?<=[?&]key=)[^\s&"'<>]+
    | (?<=api[-_]key=)[^\s&"'<>]+
    | (?<=token=)[^\s&"'<>]+
    | (?<=://)[^\s/@:"']+:[^\s/@"']+(?=@)
    """
)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without the given secrets and without anything shaped like a key.

    Args:
        text: An error message or the body of an error answer.
        secrets: Keys in use; shorter than four characters are ignored.
    """
    for secret in secrets:
        if len(secret) >= 4:
            text = text.replace(secret, "[key]")
    return _SHAPES.sub("[key]", text)


def without_keys(text: str, secrets: Iterable[str]) -> str:
    """An answer's text without the given secrets, whatever an endpoint does with the key it got.

    Nothing else is touched, since an answer may speak of anything that looks like a key.

    Args:
        text: The body of any answer.
        secrets: Keys in use; shorter than twelve characters are ignored, since those are stand-ins
            such as `ollama`, which an answer may well contain as a word.
    """
    for secret in secrets:
        if len(secret) >= 12:
            text = text.replace(secret, "[key]")
    return text
