"""The panel as a reader meets it: seats, their reviews, and why a seat gave no answer."""

from collections.abc import Mapping, Sequence
from typing import Literal

from panel.domain.persona import Persona
from panel.domain.review import FailureKind, Review
from panel.domain.scorecard import SeatResult
from panel.domain.value import Value
from panel.publishing.passages import FactRef
from panel.publishing.verdicts import FlagView, VerdictView, flag_view, verdict_view
from panel.publishing.words import UNKNOWN, counted, money, one_line, tokens

Shape = Literal["disc", "diamond", "half", "cross"]
"""Filled disc: ship. Hollow diamond: skip. Half disc: evenly split. Cross: no answer, no vote."""

GLYPHS: dict[Shape, str] = {"disc": "●", "diamond": "◇", "half": "◐", "cross": "✕"}
"""The same shapes as single characters, for text."""

NO_LLM = "no llm, no cost"
_RUBRIC_LABEL = "rubric draft, no llm"


class FailureView(Value):
    """Why a seat gave no verdict.

    Attributes:
        kind: What went wrong, as the schema names it.
        words: The same in words, e.g. `no such llm`.
        detail: What the provider said, made visible.
        remedy: What to do next.
        retryable: Whether asking again could help.
    """

    kind: FailureKind
    words: str
    detail: str
    remedy: str
    retryable: bool


class ReviewView(Value):
    """One review of one seat.

    Attributes:
        anchor: Name of its place on a page, e.g. `developer-1`.
        sample: Sample number, counted from 1.
        llm: `KIND:NAME`, or `rubric draft, no llm`.
        answered_by: Name the provider reports when it differs from the one asked for; else empty.
        word: `Ship`, `Skip` or `No answer`.
        shape: The mark that goes with the word.
        verdict: The answer; None when failed.
        flags: What the checks found in it.
        failure: Why there is no verdict; None when there is one.
        cost: Cost in words.
        tokens: Tokens in words.
        paid: Who drafted, for how much and over how many tokens, in one line.
        digest: Digest of the review.
        prompt: Digest of its prompt.
    """

    anchor: str
    sample: int
    llm: str
    answered_by: str
    word: str
    shape: Shape
    verdict: VerdictView | None
    flags: tuple[FlagView, ...]
    failure: FailureView | None
    cost: str
    tokens: str
    paid: str
    digest: str
    prompt: str


class SeatView(Value):
    """One seat of the panel with its reviews.

    Attributes:
        persona: Id of the persona.
        name: What the page calls them.
        title: Their job in one line.
        lens: The question they judge by.
        known_bias: The bias they admit to.
        word: `Ship`, `Skip`, `Evenly split`, `No answer` or `Not asked`.
        shape: The mark that goes with the word.
        dissents: Whether the call opposes the outcome.
        same_vendor: Whether the llm comes from the reviewed model's vendor.
        tally: How its samples came out, in words; empty with one sample.
        lead: The review shown first: the lowest sample that agrees with the seat's call; None when
            the run stopped before this seat was asked.
        others: Its other reviews by sample number.
    """

    persona: str
    name: str
    title: str
    lens: str
    known_bias: str
    word: str
    shape: Shape
    dissents: bool
    same_vendor: bool
    tally: str
    lead: ReviewView | None
    others: tuple[ReviewView, ...]


def seat_view(
    result: SeatResult,
    reviews: Sequence[Review],
    persona: Persona,
    refs: Mapping[str, FactRef],
    *,
    dissents: bool,
) -> SeatView:
    """A seat in words.

    Args:
        result: How the seat came out.
        reviews: Its reviews by sample number.
        persona: Who sits there.
        refs: A mark for every fact of the dossier.
        dissents: Whether its call opposes the outcome.
    """
    lead = min(reviews, key=lambda review: _rank(review, result), default=None)
    views = {review.key: review_view(review, persona, refs) for review in reviews}
    word, shape = _standing(result)
    return SeatView(
        persona=persona.id,
        name=one_line(persona.name),
        title=one_line(persona.title),
        lens=one_line(persona.lens),
        known_bias=one_line(persona.known_bias),
        word=word,
        shape=shape,
        dissents=dissents,
        same_vendor=result.same_vendor,
        tally=_tally(result),
        lead=lead and views[lead.key],
        others=tuple(views[review.key] for review in reviews if review is not lead),
    )


def _rank(review: Review, result: SeatResult) -> tuple[bool, bool]:
    """Agreeing verdicts first, then other verdicts, then failures; `min` keeps sample order."""
    verdict = review.verdict
    return verdict is None, verdict is not None and verdict.call != result.call


def _standing(result: SeatResult) -> tuple[str, Shape]:
    if result.call is not None:
        return call_word(result.call)
    if not result.reviews:
        return "Not asked", "cross"
    return ("Evenly split", "half") if result.answered else ("No answer", "cross")


def call_word(call: str | None) -> tuple[str, Shape]:
    """The word and the shape of a call; None is a failed review.

    Args:
        call: `ship`, `skip` or None.
    """
    if call is None:
        return "No answer", "cross"
    return ("Ship", "disc") if call == "ship" else ("Skip", "diamond")


def _tally(result: SeatResult) -> str:
    if result.samples == 1:
        return ""
    words = f"{result.ships} of {counted(result.answered, 'answered sample')} ship"
    missing = result.samples - result.answered
    return words + (f", {missing} of {result.samples} did not answer" if missing else "")


def review_view(review: Review, persona: Persona, refs: Mapping[str, FactRef]) -> ReviewView:
    """A review in words.

    Args:
        review: The review.
        persona: Who speaks.
        refs: A mark for every fact of the dossier.
    """
    verdict, failure = review.verdict, review.failure
    word, shape = call_word(verdict.call if verdict else None)
    answered_by = _answered_by(review)
    return ReviewView(
        anchor=f"{review.persona}-{review.sample}",
        sample=review.sample,
        llm=one_line(review.llm_label),
        answered_by=answered_by,
        word=word,
        shape=shape,
        verdict=verdict and verdict_view(verdict, review.flags, refs, _notice(review, persona)),
        flags=tuple(flag_view(at, flag) for at, flag in enumerate(review.flags, start=1)),
        failure=failure
        and FailureView(
            kind=failure.kind,
            words=failure.kind.replace("-", " "),
            detail=one_line(failure.detail),
            remedy=one_line(failure.remedy),
            retryable=failure.retryable,
        ),
        cost=cost_words(review),
        tokens=tokens(review.usage),
        paid=_paid(review, answered_by),
        digest=review.digest,
        prompt=review.prompt,
    )


def _answered_by(review: Review) -> str:
    """The name the provider reports, when it tells more than the one that was asked for."""
    name = one_line(review.answered_by or "")
    asked = review.llm_label.partition(":")[2]
    return "" if name == asked or is_rubric(review.llm_label) else name


def _paid(review: Review, answered_by: str) -> str:
    if is_rubric(review.llm_label):
        return review.llm_label
    llm = one_line(review.llm_label) + (f", answered by {answered_by}" if answered_by else "")
    cost = cost_words(review) if review.cost is not None else f"cost {UNKNOWN}"
    return f"{llm} · {cost} · {tokens(review.usage)}"


def is_rubric(label: str) -> bool:
    """Whether a label names the offline judge, which is no llm.

    Args:
        label: The label of a review or of a whole scorecard.
    """
    return label == _RUBRIC_LABEL


def cost_words(review: Review) -> str:
    """Cost of a review in words; the offline judge has none.

    Args:
        review: The review.
    """
    return NO_LLM if is_rubric(review.llm_label) else money(review.cost)


def _notice(review: Review, persona: Persona) -> str:
    return (
        f"Draft of the AI persona “{one_line(persona.name)}”, not yet edited by a human."
        f" Drafted by: {one_line(review.llm_label)}."
    )
