"""A draft as its page shows it, in words, so that the template only lays it out.

Seats have the facts beside them; what stands in the way and what colleagues say comes along.
"""

from collections.abc import Iterable, Mapping, Sequence

from panel.desk.clashes import Clash, clashes_of
from panel.desk.fields import options_of_rest, options_of_seat
from panel.desk.threads import Remarks, Thread, remarks_of, seat_of, thread_of
from panel.domain.editing.content import SeatContent
from panel.domain.editing.people import User
from panel.domain.editing.queue import Comment
from panel.domain.scorecard import Outcome
from panel.domain.value import Value
from panel.domain.verdict import Call, Verdict
from panel.editing.drafts import Draft
from panel.editing.rules import obstacles
from panel.publishing.card import CardView
from panel.publishing.evidence import FactView
from panel.publishing.seats import ReviewView, SeatView, Shape, call_word
from panel.publishing.view import card_view
from panel.publishing.words import one_line


class Obstacle(Value):
    """Something that keeps a draft from being approved.

    Attributes:
        words: What, in words.
        anchor: Where on the page it is mended.
    """

    words: str
    anchor: str


class Rejected(Value):
    """What a verdict said that an editor rejected.

    Attributes:
        why: The reason.
        word: `Ship` or `Skip`.
        shape: The mark that goes with the word.
        headline: Its headline.
        quote: Its quote.
    """

    why: str
    word: str
    shape: Shape
    headline: str
    quote: str


class ReviewSheet(Value):
    """One review with all that an editor needs to judge it.

    Attributes:
        persona: Id of the persona.
        view: The review in words.
        origin: Who wrote it first, and whether it was edited, in words.
        origin_run: The run of another sample; empty otherwise.
        rejected: The rejected verdict; None while it stands.
        cited: Facts its quote rests on, in the order in which it cites them.
        also: Facts only its reasons rest on.
        thread: The comments on it.
    """

    persona: str
    view: ReviewView
    origin: str
    origin_run: str
    rejected: Rejected | None
    cited: tuple[FactView, ...]
    also: tuple[FactView, ...]
    thread: Thread


class SeatSheet(Value):
    """One seat.

    Attributes:
        seat: The seat in words.
        lead: The review shown first; None when it was never asked.
        others: Its other samples.
        flags: What the checks found in its first review, in words; empty when nothing.
        blocks: Whether one of those flags blocks.
        remarks: How many comments on it wait for an answer.
    """

    seat: SeatView
    lead: ReviewSheet | None
    others: tuple[ReviewSheet, ...]
    flags: str
    blocks: bool
    remarks: int


class Sheet(Value):
    """One draft.

    Attributes:
        card: Its scorecard in words.
        seats: Its seats, dissent first.
        clashes: The conflicts of its dossier.
        price_facts: Facts that carry its prices.
        thread: Comments on the whole draft and on what belongs to no seat.
        obstacles: What keeps it from being approved.
        look: Why it deserves another look.
    """

    card: CardView
    seats: tuple[SeatSheet, ...]
    clashes: tuple[Clash, ...]
    price_facts: tuple[FactView, ...]
    thread: Thread
    obstacles: tuple[Obstacle, ...]
    look: tuple[str, ...]

    @property
    def lost(self) -> dict[str, str]:
        """Facts that an editor found not to hold, with the conflict in which they lost."""
        return {
            side.fact.id: clash.id for clash in self.clashes for side in clash.sides if side.loses
        }


def card_of(draft: Draft) -> CardView:
    """The scorecard of a draft as it stands, in words.

    Args:
        draft: The draft.
    """
    papers, found = draft.papers, draft.effective
    personas = tuple(papers.personas.values())
    return card_view(found.card, found.reviews, papers.dossier, personas, shown=found.dossier)


def sheet_of(draft: Draft, comments: Sequence[Comment], users: Iterable[User]) -> Sheet:
    """A draft as its page shows it.

    Args:
        draft: The draft.
        comments: All comments on it, the oldest first.
        users: All accounts, for their names.
    """
    card = card_of(draft)
    facts = {fact.id: fact for fact in (*card.facts, *card.other_facts)}
    remarks = remarks_of(draft, comments, {one.login: one.name for one in users})
    seats = tuple(_seat(draft, seat, facts, remarks) for seat in card.seats)
    of_seats = {seat.path for seat in draft.content.seats}
    rest = [one for path, one in remarks if seat_of(path) not in of_seats]
    return Sheet(
        card=card,
        seats=seats,
        clashes=clashes_of(draft, facts),
        price_facts=tuple(facts[ref.id] for ref in card.pricing.facts),
        thread=thread_of("draft", rest, options_of_rest()),
        obstacles=_obstacles(draft),
        look=draft.look,
    )


def _obstacles(draft: Draft) -> tuple[Obstacle, ...]:
    """The rules' own words, each with the place of its flag or conflict, in the same order."""
    found = draft.effective
    anchors = [
        f"{review.persona}-{review.sample}-flag-{review.flags.index(flag) + 1}"
        for review, flag in found.blocking
    ]
    anchors += found.open_conflicts
    pairs = zip(obstacles(found), anchors, strict=True)
    return tuple(Obstacle(words=one_line(words), anchor=anchor) for words, anchor in pairs)


def _seat(
    draft: Draft, seat: SeatView, facts: Mapping[str, FactView], remarks: Remarks
) -> SeatSheet:
    def sheet(view: ReviewView) -> ReviewSheet:
        return _review(draft, seat.persona, view, facts, remarks)

    lead = sheet(seat.lead) if seat.lead else None
    others = tuple(sheet(one) for one in seat.others)
    found = lead.view.flags if lead else ()
    blocking = sum(flag.severity == "blocks" for flag in found)
    counts = ((blocking, "blocks"), (len(found) - blocking, "warns"))
    waiting = (len(one.thread.open) for one in (lead, *others) if one)
    return SeatSheet(
        seat=seat,
        lead=lead,
        others=others,
        flags=", ".join(f"{count} {word}" for count, word in counts if count),
        blocks=blocking > 0,
        remarks=sum(waiting),
    )


def _review(
    draft: Draft,
    persona: str,
    view: ReviewView,
    facts: Mapping[str, FactView],
    remarks: Remarks,
) -> ReviewSheet:
    content = draft.content.seat(persona, view.sample)
    before = draft.drafted.seat(persona, view.sample)
    assert content  # noqa: S101 - a draft has every seat its scorecard has
    assert before  # noqa: S101
    own = [one for path, one in remarks if seat_of(path) == content.path]
    shown = None if content.rejected else content.verdict
    quoted = _in_order(fact for one in shown.citations for fact in one.facts) if shown else ()
    others = _in_order(fact for _, fact in shown.fact_ids()) if shown else ()
    return ReviewSheet(
        persona=persona,
        view=view,
        origin=_origin(content, before.verdict),
        origin_run=content.origin.run or "",
        rejected=_rejected(content),
        cited=tuple(facts[one] for one in quoted if one in facts),
        also=tuple(facts[one] for one in others if one in facts and one not in quoted),
        thread=thread_of(view.anchor, own, options_of_seat(content.path)),
    )


def _in_order(facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(facts))


def _origin(content: SeatContent, drafted: Verdict | None) -> str:
    if content.origin.kind == "hand":
        return "written by hand by an editor"
    if content.origin.kind == "sample":
        return "another sample, asked for at the desk"
    return "as the panel drafted it" if content.verdict == drafted else "edited since the draft"


def _rejected(content: SeatContent) -> Rejected | None:
    verdict = content.verdict
    if not content.rejected or verdict is None:
        return None
    word, shape = call_word(verdict.call)
    return Rejected(
        why=one_line(content.rejected),
        word=word,
        shape=shape,
        headline=one_line(verdict.headline),
        quote=one_line(verdict.quote),
    )


_PANEL: Mapping[Outcome, str] = {
    "ship": "the panel says ship",
    "skip": "the panel says skip",
    "split": "the panel is evenly split",
    "no_quorum": "the panel has no result",
}


def compared(own: Call, outcome: Outcome) -> str:
    """How somebody's blind call compares with the panel, as a sentence.

    Args:
        own: What they called before they saw it.
        outcome: What the panel says now.
    """
    if own == outcome:
        return f"You called {own} before you saw the panel, and so does the panel."
    return f"You called {own} before you saw the panel; {_PANEL[outcome]}."
