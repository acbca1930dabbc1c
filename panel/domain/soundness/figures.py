"""Figures that cannot hold: weights that do not fit the memory, prices and shares out of range."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from panel.domain.dossier import Dossier
from panel.domain.fact import Fact
from panel.domain.keypath import KeyPath
from panel.domain.soundness.finding import Finding

MAX_PER_MILLION = 1000
"""Price per million tokens, in dollars, euros or pounds, that nobody has ever asked."""

_SCALE = {"k": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "billion": 1e9, "t": 1e12, "trillion": 1e12}
_BYTES = {"mb": 1e6, "mib": 2**20, "gb": 1e9, "gib": 2**30, "tb": 1e12, "tib": 2**40}
_SIZE = re.compile(
    r"(?<![\w.$€£¥])(?P<active>A)?(?P<number>\d+(?:\.\d+)?)(?:"
    r"(?P<letter>[BT])(?![\w/])|[ -]?(?P<word>[MBT]|million|billion|trillion)(?=[ -]"
    r"(?:(?:total|active|activated|dense|of its|of the|parameters?|params?|weights?)\b)))"
    r"(?P<after>[ -](?:parameters? )?(?:active|activated)\b)?",
    re.IGNORECASE,
)
_BITS = re.compile(
    r"(?<![\w.])(?:(?:nv)?fp|bf|int|q|w)(?P<code>2|3|4|6|8|16|32)(?:a\d+|_\w+)?\b"
    r"|(?<![\w.])(?P<number>\d+(?:\.\d+)?)[ -]?bits?\b",
    re.IGNORECASE,
)
_MEMORY = re.compile(r"(?<![\w.])(?P<number>\d+(?:\.\d+)?)[ -]?(?P<unit>[MGT]i?B)\b", re.IGNORECASE)
_SHARE = re.compile(r"(?<![\w.])(?P<number>\d+(?:\.\d+)?) ?(?:%|per ?cent\b)", re.IGNORECASE)
_GROWTH = re.compile(
    r"more|faster|higher|increas|grow|grew|rise|rose|gain|up by|jump|times|improve|over",
    re.IGNORECASE,
)


def figure_findings(dossier: Dossier) -> Iterator[Finding]:
    """Prices, shares, sizes and memory that contradict arithmetic.

    Args:
        dossier: A valid dossier.
    """
    yield from _prices(dossier)
    total = _total(dossier)
    for at, fact in enumerate(dossier.facts):
        path = ("facts", at, "statement")
        if fact.standing not in {"disputed", "superseded"}:
            yield from _memory(path, _whole(fact), total)
        yield from _shares(("facts", at, "statement"), fact.statement)
        yield from _values(at, fact)
        yield from _active(path, fact, total)
    for paragraph in dossier.summary.split("\n\n"):
        yield from _memory(("summary",), paragraph, total)
        yield from _shares(("summary",), paragraph)


def _prices(dossier: Dossier) -> Iterator[Finding]:
    price = dossier.price
    low, high = price.input_per_million, price.output_per_million
    if low is not None and high is not None and low > high:
        message = f"input at {low} costs more than output at {high}"
        yield Finding(("price", "input_per_million"), message, "see whether the two are swapped")
    for key, amount in (("input_per_million", low), ("output_per_million", high)):
        if amount is None:
            continue
        if amount > MAX_PER_MILLION and price.currency in {"USD", "EUR", "GBP"}:
            message = f"{amount} {price.currency} for a million tokens is beyond any known price"
            yield Finding(("price", key), message, "see whether it is for another unit")
        if not price.facts:
            yield Finding(("price", key), "no fact carries this price", "cite it in price.facts")


def _values(at: int, fact: Fact) -> Iterator[Finding]:
    number, unit = _number(fact.value), (fact.unit or "").lower()
    if number is None:
        return
    path = ("facts", at, "value")
    share = unit in {"%", "percent", "per cent"}
    if share and number > 100 and not _GROWTH.search(fact.statement):
        yield Finding(path, f"{fact.value} {fact.unit} is more than all", "check the figure")
    if number < 0 and not share and not re.search(r"point|degree|change|°", unit):
        yield Finding(path, f"{fact.value} is negative", "check the sign")
    if re.search(r"million|/ ?1?m\b", unit) and "token" in unit and number > MAX_PER_MILLION:
        message = f"{fact.value} {fact.unit} is beyond any known price"
        yield Finding(path, message, "see whether it is for another unit")


def _shares(path: KeyPath, text: str) -> Iterator[Finding]:
    for found in _SHARE.finditer(text):
        if float(found["number"]) > 100 and not _GROWTH.search(text):
            yield Finding(path, f"{found[0]} is more than all", "check the figure")


def _memory(path: KeyPath, text: str, total: float | None) -> Iterator[Finding]:
    """Weights alone need parameters x bits / 8 bytes; less memory cannot hold them.

    Where a text names several figures, the ones most favourable to the claim are taken.
    """
    bits = [float(found["code"] or found["number"]) for found in _BITS.finditer(text)]
    room = [
        float(found["number"]) * _BYTES[found["unit"].lower()] for found in _MEMORY.finditer(text)
    ]
    sizes = [size for size, active in _sizes(text) if not active] or ([total] if total else [])
    if not (bits and room and sizes):
        return
    parameters, width, bytes_free = min(sizes), min(bits), max(room)
    needed = parameters * width / 8
    if needed > bytes_free:
        yield Finding(
            path,
            f"{parameters / 1e9:g} billion parameters at {width:g} bits need"
            f" {needed / 1e9:.4g} GB for the weights alone, more than {bytes_free / 1e9:.4g} GB",
            "keep it as a claim: standing disputed, and say in the statement who claims it",
        )


def _active(path: KeyPath, fact: Fact, total: float | None) -> Iterator[Finding]:
    for size in _active_sizes(fact):
        if total and size > total:
            message = f"{size / 1e9:g} billion active of {total / 1e9:g} billion in total"
            yield Finding(path, message, "see whether the two are swapped")


def _total(dossier: Dossier) -> float | None:
    """Total parameters: from the name, else from the one size that the facts state."""
    named = {size for size, active in _sizes(dossier.name) if not active}
    stated = {
        size
        for fact in dossier.facts
        for size, active in (*_sizes(fact.statement), *_valued(fact))
        if not active and re.search(r"param", f"{fact.attribute} {fact.unit}")
        and not re.search(r"activ", f"{fact.attribute} {fact.statement} {fact.unit}")
    }  # fmt: skip
    for sizes in (named, stated):
        if len(sizes) == 1:
            return sizes.pop()
    return None


def _active_sizes(fact: Fact) -> set[float]:
    own = {size for size, active in _sizes(fact.statement) if active}
    if re.search(r"activ", fact.attribute):
        own |= {size for size, _ in _valued(fact)}
    return own


def _valued(fact: Fact) -> Iterator[tuple[float, bool]]:
    """The size that value and unit state, as in `35 billion` and `parameters`."""
    if fact.value and re.search(r"param", fact.unit or ""):
        written = f"{fact.value} {fact.unit}".replace(",", "")
        plain = _number(fact.value)
        active = bool(re.search(r"activ", f"{fact.attribute} {fact.unit}"))
        scale = next((_SCALE[word] for word in re.findall(r"[a-z]+", written.lower())
                      if word in _SCALE), 1.0)  # fmt: skip
        if plain is not None:
            yield float(plain) * scale, active


def _sizes(text: str) -> Iterator[tuple[float, bool]]:
    """Parameter counts in a text, each with whether it counts active parameters only."""
    for found in _SIZE.finditer(text):
        scale = _SCALE[(found["letter"] or found["word"]).lower()]
        yield float(found["number"]) * scale, bool(found["active"] or found["after"])


def _whole(fact: Fact) -> str:
    value = f"{fact.value} {fact.unit}" if fact.value and fact.unit else ""
    return ". ".join((fact.statement, fact.brief, value, *(one.quote for one in fact.witnesses)))


def _number(text: str | None) -> Decimal | None:
    """The number a value opens with."""
    found = re.match(r"[-\u2212]?\d[\d,]*(?:\.\d+)?", text or "")
    try:
        return Decimal(found[0].replace(",", "").replace("\u2212", "-")) if found else None
    except InvalidOperation:
        return None
