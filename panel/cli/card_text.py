"""A scorecard on a terminal: compact, aligned, told by word and shape before colour."""

import textwrap
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from panel.publishing.card import CardView
from panel.publishing.passages import Segment
from panel.publishing.seats import GLYPHS, ReviewView, SeatView

WIDTH = 96
"""Columns of text when the output is no terminal, and at most on one."""

_STYLES = {"Ship": "bold green", "Skip": "bold red", "Split": "bold yellow"}
_INDENT = 12
_NARROWEST = 40
"""Columns below which lines are left to the terminal to break."""


def print_card(view: CardView, console: Console) -> None:
    """Print one scorecard.

    Args:
        view: The scorecard in words.
        console: Where to print; colours only on a terminal.
    """
    width = max(min(console.width, WIDTH), _NARROWEST)
    for line in _lines(view, width):
        console.print(line, soft_wrap=True, highlight=False)


def _lines(view: CardView, width: int) -> Iterator[Text]:
    yield from _title(view, width)
    yield from _wrapped(view.tagline, width, style="italic")
    yield Text("")
    yield from _wrapped(f"{view.result} \u00b7 {view.turnout}.", width)
    for remark in (view.dissent, view.same_vendor):
        if remark:
            yield from _wrapped(remark, width)
    yield Text("")
    for seat in view.seats:
        yield from _seat(seat, width)
        yield Text("")
    yield from _labelled("Entry", _price(view, view.pricing.entry), width)
    yield from _labelled("Tokens", _price(view, view.pricing.per_million), width)
    for conflict in view.conflicts:
        sides = " vs ".join(f"{side.brief} ({side.id})" for side in conflict.sides)
        yield from _labelled("Disputed", f"{conflict.id} {conflict.attribute}: {sides}", width)
    yield from _labelled("Dossier", f"as of {view.as_of}, newest fact {view.newest_fact}", width)
    yield from _labelled("Checks", view.flags, width)
    spent = dict.fromkeys((view.cost, view.tokens))
    yield from _labelled("Cost", "; ".join(spent), width)
    yield from _labelled("Draft", view.notice, width)
    yield from _labelled("Run", f"{view.run}, scorecard {view.digests[0].short}", width)


def _title(view: CardView, width: int) -> Iterator[Text]:
    name = f"{view.name} \u00b7 {view.vendor} \u00b7 {view.category}"
    outcome = Text(f"{GLYPHS[view.shape]} {view.word.upper()}", _STYLES.get(view.word, "bold"))
    gap = width - len(name) - len(outcome)
    if gap >= 2:
        yield Text.assemble((name, "bold"), " " * gap, outcome)
    else:
        yield outcome
        yield from _wrapped(name, width, style="bold")


def _price(view: CardView, words: str) -> str:
    disputed = " (disputed)" if view.pricing.disputed else ""
    return f"{words}{disputed}{_marks(tuple(ref.id for ref in view.pricing.facts))}"


def _seat(seat: SeatView, width: int) -> Iterator[Text]:
    who = f"{seat.name}, {seat.title}" + (", dissents" if seat.dissents else "")
    call = f"{GLYPHS[seat.shape]} {seat.word.upper()}"
    style = _STYLES.get(seat.word, "bold")
    if len(call) > _INDENT - 1:
        yield Text(call, style)
        call = ""
    for at, line in enumerate(_broken(who, width - _INDENT)):
        name = len(seat.name) if at == 0 else 0
        yield Text.assemble(
            (f"{call if at == 0 else '':<{_INDENT}}", style),
            (line[:name], "bold"),
            (line[name:], "dim"),
        )
    if seat.tally:
        yield from _wrapped(seat.tally, width, indent=_INDENT)
    if seat.lead:
        yield from _review(seat.lead, width)


def _review(review: ReviewView, width: int) -> Iterator[Text]:
    indent = _INDENT
    if review.failure:
        words = f"{review.failure.words}: {review.failure.detail}"
        yield from _wrapped(words, width, indent=indent)
        yield from _wrapped(f"-> {review.failure.remedy}", width, indent=indent)
    if review.verdict:
        yield from _wrapped(_plain(review.verdict.headline), width, indent=indent, style="bold")
        quote = f"\u201c{_plain(review.verdict.quote)}\u201d"
        yield from _wrapped(quote, width, indent=indent)
        for flip in review.verdict.flip_conditions:
            text = f"Would change it: {_plain(flip.text)}"
            yield from _wrapped(text, width, indent=indent, style="dim")
        for prediction in review.verdict.predictions:
            text = f"Predicts {prediction.note}: {_plain(prediction.text)}"
            yield from _wrapped(text, width, indent=indent, style="dim")
    for flag in review.flags:
        words = f" \u201c{flag.words}\u201d" if flag.words else ""
        text = f"! {flag.severity} {flag.kind}{words}: {flag.message}"
        yield from _wrapped(text, width, indent=indent, style="yellow")


def _plain(segments: Sequence[Segment]) -> str:
    """The text with its citations in brackets behind the words they carry."""
    return "".join(
        segment.text + _marks(tuple(mark.id for mark in segment.marks)) for segment in segments
    )


def _marks(ids: tuple[str, ...]) -> str:
    return f" [{' '.join(ids)}]" if ids else ""


def _labelled(label: str, text: str, width: int) -> Iterator[Text]:
    for at, line in enumerate(_broken(text, width - _INDENT) or [""]):
        out = Text(f"{label if at == 0 else '':<{_INDENT}}", style="dim")
        out.append(line, style="not dim")
        yield out


def _wrapped(text: str, width: int, *, indent: int = 0, style: str = "") -> Iterator[Text]:
    for line in _broken(text, width - indent):
        yield Text(" " * indent + line, style=style)


def _broken(text: str, width: int) -> list[str]:
    """The lines of a text; `Qwen3.6-27B` and `20 %` stay in one piece."""
    kept = text.replace(" %", "\u00a0%")
    lines = textwrap.wrap(kept, width, break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines]
