"""What the page of one model says beyond its scorecard: history, rivals, decisions, makers.

A pure function of records; the template only lays out. Attribution stands here once, so that no
page quotes a persona without the human who answers for the words.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal

from panel.domain.dossier import Dossier
from panel.domain.editing.edition import Edition
from panel.domain.publication.changes import Change, changes
from panel.domain.publication.entry import Entry
from panel.domain.publication.release import Published, Release
from panel.domain.value import Value
from panel.publishing.card import CardView
from panel.publishing.evidence import ConflictView, conflict_view
from panel.publishing.figure import Figure, figure
from panel.publishing.site import paths
from panel.publishing.site.benchmarks import BenchmarkView, benchmarks
from panel.publishing.site.charts import PriceChart, Priced, TimeChart, price_chart, time_chart
from panel.publishing.site.timeline import Moment, timeline
from panel.publishing.view import edition_view
from panel.publishing.words import day, listed, money, one_line


class SettledView(Value):
    """A conflict that an editor settled.

    Attributes:
        conflict: Both sides.
        held: Id of the fact that holds; empty when both are kept.
        how: What was decided, as a sentence.
        reason: Why.
    """

    conflict: ConflictView
    held: str
    how: str
    reason: str


class ChangeView(Value):
    """A difference to the edition before, in words.

    Attributes:
        what: What differs.
        before: What it was; empty for what is new.
        after: What it is; empty for what is gone.
        link: Id of its place on the page; empty without one.
    """

    what: str
    before: str
    after: str
    link: str


class ModelView(Value):
    """Everything the page of a model says.

    Attributes:
        card: Its scorecard in words.
        entry: It as lists have it.
        draft: Whether nobody approved it.
        by: Who answers for the words, e.g. `edited by Ana Roy, approved by Pia Roy`.
        figure: Where its split is drawn.
        moments: What happened, by day.
        time: The same as a drawing.
        benchmarks: What was measured, with what its rivals reach.
        prices: Charts of prices beside rivals'.
        settled: Conflicts that an editor settled.
        changes: Differences to the edition before; empty for the first one.
        since: When the edition before went live; None for the first one.
        corrections: Releases readers were told about, newest first.
        votes: The votes in one line.
        disputed: What sources disagree on, in words; empty when they do not.
        ordered: When its run was ordered.
        approved_by: Who approved it; empty for a draft.
        approved: When.
        edited_by: Who changed words, in words; empty when nobody did.
        quoted: Conflict that quotes a fact, by the fact's id; only settled ones.
        digest: Digest of the order of its run.
    """

    card: CardView
    entry: Entry
    draft: bool
    by: str
    figure: Figure
    moments: tuple[Moment, ...]
    time: TimeChart | None
    benchmarks: tuple[BenchmarkView, ...]
    prices: tuple[PriceChart, ...]
    settled: tuple[SettledView, ...]
    changes: tuple[ChangeView, ...]
    since: dt.datetime | None
    corrections: tuple[Release, ...]
    votes: str
    disputed: str
    ordered: dt.datetime
    approved_by: str
    approved: dt.datetime
    edited_by: str
    quoted: dict[str, str]
    digest: str


def model_view(published: Published, entry: Entry, rivals: Sequence[Entry]) -> ModelView:
    """Everything the page of a model says.

    Args:
        published: The model.
        entry: It as lists have it.
        rivals: Models of the site that it is compared with by name.
    """
    edition, before = published.edition, published.before
    card = edition_view(edition, published.personas)
    moments = timeline(published, {fact.id for fact in card.facts})
    settled = tuple(_settled(edition.dossier, card))
    return ModelView(
        card=card,
        entry=entry,
        draft=published.last.kind == "draft",
        by=attribution(edition),
        figure=figure(card),
        moments=moments,
        time=time_chart([(one.day, one.count) for one in moments]),
        benchmarks=benchmarks(edition.dossier, rivals),
        prices=tuple(_prices(entry, rivals)),
        settled=settled,
        changes=change_views(before.edition, edition) if before else (),
        since=before.at if before else None,
        corrections=tuple(one for one in reversed(published.releases) if one.kind == "corrected"),
        votes=card.result.replace(" %", "\u00a0%").replace("n = ", "n\u00a0=\u00a0"),
        disputed=listed([conflict.attribute for conflict in card.conflicts]),
        ordered=published.ordered,
        approved_by=one_line(edition.approved_by),
        approved=edition.approved,
        edited_by=listed([one_line(name) for name in edition.edited_by]),
        quoted={side.id: one.conflict.id for one in settled for side in one.conflict.sides},
        digest=published.order.digest,
    )


def attribution(edition: Edition) -> str:
    """Who answers for the words of an edition; stands with everything quoted from it.

    Args:
        edition: The edition.
    """
    approver = one_line(edition.approved_by)
    if not approver:
        return "draft, approved by nobody"
    names = [one_line(name) for name in edition.edited_by]
    if not names:
        return f"edited by {approver}, who changed no word"
    if names == [approver]:
        return f"edited and approved by {approver}"
    return f"edited by {listed(names)}, approved by {approver}"


_SIDES: tuple[Literal["input", "output"], ...] = ("input", "output")


def _prices(entry: Entry, rivals: Sequence[Entry]) -> Iterator[PriceChart]:
    for kind in _SIDES:
        own = _priced(entry, kind, own=True)
        others = [
            found
            for rival in rivals
            if rival.currency == entry.currency and (found := _priced(rival, kind))
        ]
        chart = own and price_chart(kind, own, others)
        if chart:
            yield chart


def _priced(entry: Entry, kind: Literal["input", "output"], *, own: bool = False) -> Priced | None:
    amount = entry.input_per_million if kind == "input" else entry.output_per_million
    if amount is None:
        return None
    return Priced(
        name=entry.name,
        path="" if own else paths.model_path(entry.slug),
        amount=amount,
        words=money(amount, entry.currency),
        as_of=entry.as_of,
    )


def _settled(dossier: Dossier, card: CardView) -> Iterator[SettledView]:
    facts = {fact.id: fact for fact in (*card.facts, *card.other_facts)}
    for conflict in dossier.conflicts:
        found = conflict.settlement
        if found is None:
            continue
        how = {
            "pick": f"{found.fact} holds",
            "supersede": f"{found.fact} is the newer truth",
            "keep-both": "Both can stand",
        }[found.how]
        yield SettledView(
            conflict=conflict_view(conflict, facts),
            held=found.fact or "",
            how=f"{how}, decided by {one_line(found.by)} on {day(found.on)}.",
            reason=one_line(found.reason),
        )


_WHAT = {
    "outcome": "Outcome",
    "ships": "Seats that ship",
    "seat": "Call of {what}",
    "words": "Words of {what}",
    "price": "{what}",
    "identity": "{what}",
    "fact": "Fact {what}",
    "conflict": "Conflict {what}",
    "source": "Source {what}",
    "summary": "Summary",
}


def change_views(before: Edition, after: Edition) -> tuple[ChangeView, ...]:
    """Differences between two editions, in words.

    Args:
        before: The earlier edition.
        after: The later edition.
    """
    return tuple(_change(one) for one in changes(before, after))


def _change(change: Change) -> ChangeView:
    what = _WHAT[change.kind].format(what=change.what)
    linked = change.kind in {"fact", "conflict", "source"} and change.after
    return ChangeView(
        what=what[:1].upper() + what[1:],
        before=one_line(change.before),
        after=one_line(change.after),
        link=change.what if linked else "",
    )
