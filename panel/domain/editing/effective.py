"""The draft as it stands: the panel's reviews with the editors' revisions laid over, reduced again.

Pure: the same papers, content and settlements always give the same scorecard and flags, so that
what was approved can be derived again years later.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from panel.domain.checks import CheckContext, check
from panel.domain.dossier import Dossier
from panel.domain.editing.content import Content, SeatContent
from panel.domain.fact import Settlement
from panel.domain.flag import Flag
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.reduction import reduce
from panel.domain.review import Failure, Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard


@dataclass(frozen=True)
class Papers:
    """Everything a draft rests on, as the run left it.

    Attributes:
        run: The run.
        card: The panel's scorecard.
        reviews: Its reviews, in the order of the panel.
        dossier: The dossier of the run.
        personas: The personas of the panel by id.
        prompts: The prompts of its reviews by digest.
    """

    run: Run
    card: Scorecard
    reviews: tuple[Review, ...]
    dossier: Dossier
    personas: Mapping[str, Persona]
    prompts: Mapping[str, Prompt]


@dataclass(frozen=True)
class Effective:
    """What an approval would freeze.

    Attributes:
        card: The scorecard as edited.
        reviews: The reviews as edited, in the order of the panel.
        dossier: The dossier as edited, settled conflicts included.
    """

    card: Scorecard
    reviews: tuple[Review, ...]
    dossier: Dossier

    @property
    def blocking(self) -> tuple[tuple[Review, Flag], ...]:
        """Flags that keep it from being approved, with their reviews."""
        return tuple(
            (review, flag)
            for review in self.reviews
            for flag in review.flags
            if flag.severity == "blocks"
        )

    @property
    def open_conflicts(self) -> tuple[str, ...]:
        """Ids of the open conflicts it rests on: one of their facts is cited or carries a price."""
        cited = cited_facts(self.reviews) | set(self.card.pricing.facts)
        return tuple(
            conflict.id for conflict in self.dossier.open_conflicts if cited & set(conflict.facts)
        )


def cited_facts(reviews: tuple[Review, ...]) -> set[str]:
    """Ids of all facts cited by verdicts that stand.

    Args:
        reviews: Reviews of one dossier.
    """
    return {fact for review in reviews if review.verdict for fact in review.verdict.cited()}


def settled(dossier: Dossier, settlements: Mapping[str, Settlement]) -> Dossier:
    """A dossier with conflicts settled at the desk.

    Its as-of date is raised to the day of the last decision, as in a file settled by hand.

    Args:
        dossier: The dossier.
        settlements: Settlement by id of the conflict; others stay as they are.
    """
    if not settlements:
        return dossier
    conflicts = tuple(
        conflict.model_copy(update={"settlement": settlements[conflict.id]})
        if conflict.id in settlements
        else conflict
        for conflict in dossier.conflicts
    )
    decided = (one.settlement.on for one in conflicts if one.settlement)
    as_of = max([dossier.as_of, *decided])
    return dossier.model_copy(update={"conflicts": conflicts, "as_of": as_of})


def effective(
    papers: Papers, content: Content, settlements: Mapping[str, Settlement] | None = None
) -> Effective:
    """The draft as it stands.

    Args:
        papers: What it rests on.
        content: Its words.
        settlements: Conflicts settled at the desk, by id.
    """
    dossier = settled(papers.dossier, settlements or {})
    by_place = {(seat.persona, seat.sample): seat for seat in content.seats}
    reviews = tuple(
        _edited(review, by_place[review.persona, review.sample], papers, dossier)
        for review in papers.reviews
    )
    card = reduce(papers.run, papers.dossier, reviews)
    open_conflicts = tuple(conflict.id for conflict in dossier.open_conflicts)
    pricing = card.pricing.model_copy(
        update=content.pricing.model_dump()
        | {"disputed": any(dossier.disputes(fact) for fact in card.pricing.facts)}
    )
    return Effective(
        card=card.model_copy(update={"pricing": pricing, "open_conflicts": open_conflicts}),
        reviews=reviews,
        dossier=dossier.model_copy(update={"summary": content.summary}),
    )


def flags_of(
    seat: SeatContent, review: Review, papers: Papers, dossier: Dossier
) -> tuple[Flag, ...]:
    """What the checks find in an edited verdict.

    Earlier quotes are not at hand: that words copy one of them was found when they were drafted,
    and is kept while the words are.

    Args:
        seat: The seat as edited.
        review: Its review as the panel left it.
        papers: What the draft rests on.
        dossier: The dossier with its settlements.
    """
    if seat.verdict is None:
        return ()
    as_of = papers.dossier.as_of  # what is still to come is seen from the day of the draft
    if dossier.as_of != as_of:
        dossier = dossier.model_copy(update={"as_of": as_of})
    persona, prompt = papers.personas[seat.persona], papers.prompts[review.prompt]
    found = check(seat.verdict, CheckContext(dossier=dossier, persona=persona, prompt=prompt))
    before = dict(review.verdict.texts()) if review.verdict else {}
    kept = {path for path, text in seat.verdict.texts() if before.get(path) == text}
    copies = [flag for flag in review.flags if flag.kind == "copied" and flag not in found]
    return (*found, *(flag for flag in copies if flag.span and flag.span.field in kept))


def _edited(review: Review, seat: SeatContent, papers: Papers, dossier: Dossier) -> Review:
    if seat.verdict is None:
        return review
    if seat.rejected:
        failure = Failure(
            kind="rejected",
            retryable=False,
            detail=f"an editor rejected it: {seat.rejected}"[:500],
            remedy="ask for another sample, or write the verdict by hand",
        )
        return review.model_copy(update={"verdict": None, "failure": failure, "flags": ()})
    if seat.verdict == review.verdict and dossier is papers.dossier:
        return review
    flags = flags_of(seat, review, papers, dossier)
    return review.model_copy(update={"verdict": seat.verdict, "failure": None, "flags": flags})
