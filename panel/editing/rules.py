"""Why something may not be done to a draft as it stands; every reason is told at once."""

from collections.abc import Callable, Iterator

from panel.domain.editing.content import Content, Fields
from panel.domain.editing.effective import Effective, Papers
from panel.domain.editing.states import Act, Standing, is_open_to
from panel.domain.review import Review
from panel.errors import RefusedError

STATE_WORDS = {
    "draft": "a draft",
    "in_review": "in review",
    "approved": "approved",
    "published": "published",
    "retracted": "retracted",
}
"""How a state reads in a sentence."""


def obstacles(effective: Effective) -> tuple[str, ...]:
    """What keeps a draft from being approved, whoever asks.

    Args:
        effective: The draft as it stands.
    """
    return tuple(_obstacles(effective))


def _obstacles(effective: Effective) -> Iterator[str]:
    for review, flag in effective.blocking:
        words = f" on “{flag.span.text[:60]}”" if flag.span else ""
        yield f"{review.persona}: {flag.kind}{words}: {flag.message}"
    for conflict in effective.open_conflicts:
        yield f"conflict {conflict} is open, and this draft rests on one of its facts"


def check_open(act: Act, standing: Standing) -> None:
    """Refuse an act that makes no sense for a draft as it stands.

    Args:
        act: The act.
        standing: Where the draft stands.

    Raises:
        RefusedError: It is not open to it.
    """
    if not is_open_to(act, standing):
        words = STATE_WORDS[standing.state]
        more = " and nothing of it is live" if act in ("correct", "retract") else ""
        raise RefusedError(f"cannot {act} what is {words}{more}", remedy="reload the page")


def check_approval(
    effective: Effective, edited_by: str | None, by: str, *, four_eyes: bool
) -> None:
    """Refuse an approval that the rules do not allow.

    Args:
        effective: What would be frozen.
        edited_by: Login of whoever changed its words last.
        by: Login of whoever approves.
        four_eyes: Whether somebody else than the last editor has to.

    Raises:
        RefusedError: Naming every obstacle.
    """
    found = list(obstacles(effective))
    if four_eyes and edited_by == by:
        found.append("you were the last to edit it, and four eyes are asked for")
    if found:
        raise RefusedError(
            "it cannot be approved: " + "; ".join(found),
            remedy="mend or reject what is flagged, settle its conflicts, or ask a colleague",
        )


def check_reason(before: Content, after: Content, reason: str) -> None:
    """Refuse a flipped call, a rejection or the end of one that gives no reason.

    Args:
        before: The words as they stood.
        after: The words wanted.
        reason: The reason given.

    Raises:
        RefusedError: A reason is missing.
    """
    if reason.strip():
        return
    old = {seat.path: seat for seat in before.seats}
    for seat in after.seats:
        was = old[seat.path]
        said = ""
        if was.verdict and seat.verdict and was.verdict.call != seat.verdict.call:
            said = f"{seat.persona}'s call changes from {was.verdict.call} to {seat.verdict.call}"
        elif was.verdict == seat.verdict and bool(was.rejected) != bool(seat.rejected):
            said = f"{seat.persona}'s verdict {'is rejected' if seat.rejected else 'stands again'}"
        if said:
            remedy = "write why in the field for the reason"
            raise RefusedError(f"{said}: that needs a reason", remedy=remedy)


def touched(changes: Fields) -> tuple[str, ...]:
    """The seats that changes touch, as paths.

    Args:
        changes: New values by path.
    """
    parts = (path.rsplit(".", 1)[0] for path in changes if path.count(".") > 1)
    return tuple(dict.fromkeys(parts))


def check_samples(
    papers: Papers,
    before: Content,
    after: Content,
    reviews_of: Callable[[str, str], tuple[Review, ...]],
) -> None:
    """Refuse words that are said to come from another sample and do not.

    Args:
        papers: What the draft rests on.
        before: The words as they stood.
        after: The words wanted.
        reviews_of: Gives the reviews of a run and a dossier.

    Raises:
        RefusedError: A sample is of another dossier, persona or llm, or says something else.
    """
    places = {(one.persona, one.sample): one for one in papers.reviews}
    for old, new in zip(before.seats, after.seats, strict=True):
        if old == new:
            continue
        own, origin = places[new.persona, new.sample], new.origin
        found = reviews_of(origin.run, own.slug) if origin.run else ()
        if not any(
            one.key == origin.review
            and one.verdict == new.verdict
            and (one.dossier, one.persona_digest, one.llm)
            == (own.dossier, own.persona_digest, own.llm)
            for one in found
        ):
            raise RefusedError(
                f"{new.persona}: that is not what the other sample says", remedy="reload the page"
            )
