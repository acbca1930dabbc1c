"""One wording for numbers, days, money and tokens, so that page, Markdown and terminal agree.

Everything here turns a value into plain text without markup; text that came from outside is made
visible first, because a terminal obeys escape sequences and a page may hide what it cannot draw.
"""

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from urllib.parse import urlsplit

from panel.domain.review import Usage

UNKNOWN = "unknown"
"""What is said when nobody knows; never a zero."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_SPACES = re.compile(" +")
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "CN¥", "JPY": "¥", "INR": "₹"}


def visible(text: str) -> str:
    """The text with every character that a reader cannot see replaced, offsets unchanged.

    Args:
        text: Any text, e.g. what a provider's error page said.

    Returns:
        Text of the same length; white space becomes a space, other invisible characters U+FFFD.
    """
    if text.isprintable():
        return text  # true of nearly every text: no white space but the space, nothing hidden
    return "".join(_seen(char) for char in text)


def _seen(char: str) -> str:
    if char.isspace():
        return " "
    return "\ufffd" if unicodedata.category(char) in _HIDDEN else char


def one_line(text: str) -> str:
    """The text made visible, with runs of white space folded into single spaces."""
    seen = visible(text)
    return (_SPACES.sub(" ", seen) if "  " in seen else seen).strip()


def web_address(url: str | None) -> str | None:
    """The address when a page may link to it, else None.

    Args:
        url: Any text; only http and https addresses with a host and no user name pass.
    """
    if url is None or one_line(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    return url if fine else None


def day(date: dt.date | None) -> str:
    """A day in words, e.g. `8 April 2026`; `undated` for None."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}" if date else "undated"


def percent(share: float) -> str:
    """A share from 0 to 1 as whole per cent, e.g. `20 %`."""
    return f"{share * 100:.0f} %"


def unbroken(text: str) -> str:
    """The text with its numbers kept together with their signs at the end of a line."""
    return text.replace(" %", "\u00a0%").replace("n = ", "n\u00a0=\u00a0")


def counted(count: int, noun: str) -> str:
    """A count with its noun, e.g. `1 seat`, `5 seats`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def listed(items: list[str]) -> str:
    """Items as a phrase, e.g. `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if items[1:] else items)


def money(amount: Decimal | None, currency: str = "USD") -> str:
    """An amount with its currency, e.g. `$0.0123`, `$2.00`; `unknown` for None.

    Args:
        amount: The amount, in units of the currency.
        currency: ISO 4217 code.
    """
    if amount is None:
        return UNKNOWN
    places = max(2, min(4, -int(amount.normalize().as_tuple().exponent)))
    if 0 < amount < Decimal("0.0001"):
        return f"under {_SYMBOLS.get(currency, currency + ' ')}0.0001"
    return f"{_SYMBOLS.get(currency, currency + ' ')}{amount:,.{places}f}"


def tokens(usage: Usage) -> str:
    """Tokens in words, with the cached part of the input.

    The part is a count: a scorecard without a result shows no percentage of anything.

    Args:
        usage: Tokens of one review, or of many added up.
    """
    if usage.calls == 0:
        return "no calls"
    if usage.input_tokens is None or usage.output_tokens is None:
        return f"tokens {UNKNOWN} over {counted(usage.calls, 'call')}"
    cached = f"{usage.cached_tokens:,} of them cached"
    return (
        f"{usage.input_tokens:,} tokens in ({cached}), {usage.output_tokens:,} out,"
        f" {counted(usage.calls, 'call')}"
    )
