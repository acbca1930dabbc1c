"""One scorecard as Markdown that stays text: nothing a source or an llm wrote becomes markup.

Escaping happens here and nowhere else; see `escaped` for the one rule.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from panel.publishing.card import CardView
from panel.publishing.evidence import ConflictView, FactView, SourceView
from panel.publishing.passages import FactRef, Segment
from panel.publishing.seats import GLYPHS, ReviewView, SeatView
from panel.publishing.verdicts import PointView
from panel.publishing.words import web_address

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~^$]|^[-+=])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SELF_LINKS = re.compile(r"(?i)(?<=www)\.|:(?=//)|(?<=mailto):|(?<=xmpp):|@")
_URL_SAFE = ":/?#@!$&'*+,;=%-._~"
_LIST_NUMBER = re.compile(r"^(\d+)([.)])")


def escaped(text: str) -> str:
    r"""Text that Markdown, with the usual extensions, shows as it stands.

    Markup characters get a backslash, `&<>` become entities, and what many renderers turn into
    links by themselves (`https://`, `www.`, `@`) is broken by an entity.

    Args:
        text: One line of plain text.
    """
    plain = _SPECIAL.sub(r"\\\1", text.translate(_ENTITIES))
    plain = _SELF_LINKS.sub(lambda found: f"&#{ord(found[0])};", plain)
    return _LIST_NUMBER.sub(r"\1\\\2", plain)


def render_markdown(view: CardView) -> str:
    """The Markdown of one scorecard; equal views give equal bytes.

    Args:
        view: The scorecard in words.
    """
    blocks = [
        f"# {escaped(view.name)}: {view.word}",
        f"{escaped(view.category)} by {escaped(view.vendor)} · {escaped(view.tagline)}",
        f"**{GLYPHS[view.shape]} {view.sentence}** {escaped(view.result)}. {view.turnout}.",
        f"*{escaped(view.notice)}*",
        *(escaped(text) for text in (view.dissent, view.same_vendor) if text),
        "\n".join(_glance(view)),
        "## What the panel says",
        *_votes(view),
    ]
    for seat in view.seats:
        blocks += _seat(seat)
    if view.conflicts:
        blocks.append("## Where the sources disagree")
        for conflict in view.conflicts:
            blocks += _conflict(conflict)
    blocks += ["## Facts this rests on", "\n".join(map(_fact, view.facts)) or "No fact was cited."]
    if view.other_facts:
        blocks += ["## Also in the dossier", "\n".join(map(_fact, view.other_facts))]
    blocks += ["## Sources", "\n".join(map(_source, view.sources))]
    blocks += ["## How this was made", "\n".join(_made(view))]
    return "\n\n".join(blocks) + "\n"


def _table(rows: Iterable[Sequence[str]], head: Sequence[str]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "| " + " | ".join("---" for _ in head) + " |"
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _glance(view: CardView) -> Iterator[str]:
    entry = escaped(view.pricing.entry) + (" (disputed)" if view.pricing.disputed else "")
    rows = (
        ("Entry price", entry + _refs(view.pricing.facts)),
        ("Per million tokens", escaped(view.pricing.per_million)),
        ("Licence", escaped(view.licence)),
        ("Access", escaped(view.access)),
        ("Released", view.released),
        ("As of", f"{view.as_of}, newest fact {view.newest_fact}"),
    )
    return _table(rows, ("At a glance", ""))


def _votes(view: CardView) -> Iterator[str]:
    rows = (
        (
            escaped(seat.name) + (" (dissent)" if seat.dissents else ""),
            f"{GLYPHS[seat.shape]} {seat.word}",
            escaped(seat.tally or (seat.lead.llm if seat.lead else "")),
        )
        for seat in view.seats
    )
    yield "\n".join(_table(rows, ("Seat", "Call", "Samples" if view.samples > 1 else "Drafted by")))


def _seat(seat: SeatView) -> Iterator[str]:
    marks = [GLYPHS[seat.shape], seat.word]
    marks += ["· dissent"] if seat.dissents else []
    marks += ["· same vendor"] if seat.same_vendor else []
    yield f"### {escaped(seat.name)} {' '.join(marks)}"
    yield f"*{escaped(seat.title)}*" + (f" · {escaped(seat.tally)}" if seat.tally else "")
    if seat.lead is None:
        yield "The run stopped before this seat was asked."
        return
    yield from _review(seat.lead)
    for review in seat.others:
        yield f"#### Sample {review.sample}: {GLYPHS[review.shape]} {review.word}"
        yield from _review(review)


def _review(review: ReviewView) -> Iterator[str]:
    failure, verdict = review.failure, review.verdict
    if failure:
        detail = f" {escaped(failure.detail)}" if failure.detail else ""
        yield f"**No answer: {failure.words}.**{detail}"
        yield f"What to do: {escaped(failure.remedy)}"
    if verdict:
        yield f"**{_run(verdict.headline)}**"
        lost = f" (also cites{_refs(verdict.also_cites)})" if verdict.also_cites else ""
        yield f"> {_run(verdict.quote)}{lost}"
        yield f"*{escaped(verdict.notice)}*"
    flags = [_flag_line(review, at) for at in range(len(review.flags))]
    if flags:
        yield "\n".join(flags)
    if verdict:
        groups = (
            ("For", verdict.reasons_for),
            ("Against", verdict.reasons_against),
            ("What would change the call", verdict.flip_conditions),
            ("Prediction", verdict.predictions),
        )
        for title, points in groups:
            if points:
                yield "\n".join([f"{title}:", "", *map(_point, points)])
    yield escaped(review.paid)


def _flag_line(review: ReviewView, at: int) -> str:
    flag = review.flags[at]
    on = f" on “{escaped(flag.words)}” ({escaped(flag.where)})" if flag.words else ""
    return f"- flag {flag.number}, **{flag.severity}**, {flag.kind}{on}: {escaped(flag.message)}"


def _point(point: PointView) -> str:
    note = f" ({escaped(point.note)})" if point.note else ""
    return f"- {_run(point.text)}{_refs(point.facts)}{note}"


def _run(parts: Sequence[Segment]) -> str:
    """Text with citation marks as `[F7]` and the end of a flagged span as `⚑1`."""
    whole = ""
    for part in parts:
        flags = "".join(f" ⚑{number}" for number in part.closes)
        whole += escaped(part.text) + flags + (_refs(part.marks) if part.marks else "")
    return whole


def _refs(marks: Sequence[FactRef]) -> str:
    names = (mark.id + ("?" if mark.disputed else "") for mark in marks)
    return f" \\[{', '.join(names)}\\]" if marks else ""


def _conflict(conflict: ConflictView) -> Iterator[str]:
    yield f"### {conflict.id}: {escaped(conflict.attribute)}"
    yield escaped(conflict.note)
    yield "\n".join(_fact(side) for side in conflict.sides)


def _fact(fact: FactView) -> str:
    told = "; ".join(
        f"“{escaped(witness.quote)}” ({witness.source.id}, {escaped(witness.source.publisher)})"
        for witness in fact.witnesses
    )
    open_in = f", in open conflict {', '.join(fact.disputed_in)}" if fact.disputed_in else ""
    return (
        f"- **{fact.id}** {escaped(fact.statement)} *{fact.standing}, as of {fact.as_of},"
        f" {fact.witnessed}{open_in}.* {told}"
    )


def _source(source: SourceView) -> str:
    title = escaped(source.title)
    if web_address(source.url):
        title = f"[{title}]({quote(source.url or '', safe=_URL_SAFE)})"
    repeats = f"; repeats {source.repeats}" if source.repeats else ""
    note = f". {escaped(source.note)}" if source.note else ""
    dates = f"published {source.published}, read {source.read}"
    return f"- **{source.id}** {escaped(source.publisher)}: {title} ({dates}{repeats}){note}"


def _made(view: CardView) -> Iterator[str]:
    yield f"- Drafted by: {escaped(view.drafted_by)}"
    yield f"- Samples: {view.samples} per seat"
    if view.interval:
        yield f"- Interval: {escaped(view.interval.method)}"
    yield f"- Cost: {escaped(view.cost)}"
    yield f"- Tokens: {escaped(view.tokens)}"
    yield f"- Checks: {view.flags}"
    yield f"- Run: {escaped(view.run)}"
    yield from (f"- Digest of {escaped(one.label)}: `{one.full}`" for one in view.digests)
