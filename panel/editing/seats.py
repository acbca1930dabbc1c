"""What an act may do to the seats of a draft, beyond what is allowed in each field by itself."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from panel.domain.editing.content import Content, Fields, Origin, SeatContent, with_fields
from panel.domain.editing.states import Act
from panel.domain.review import Review
from panel.editing.rules import touched
from panel.errors import InputError, Problem


def reworded(content: Content, changes: Fields, act: Act) -> Content:
    """A content with some fields changed by an act.

    A verdict written by hand or taken from another sample stands again where one was rejected, and
    says where it comes from; no other act but `restore` changes that.

    Args:
        content: The content.
        changes: New values by path.
        act: What kind of change it is.

    Returns:
        The new content.

    Raises:
        InputError: A field does not exist, a value is not allowed there, or not by this act.
    """
    found = with_fields(content, {**changes, **_implied(changes, act)})
    pairs = zip(content.seats, found.seats, strict=True)
    problems = [problem for old, new in pairs for problem in _problems(old, new, act)]
    if problems:
        raise InputError(problems)
    return found


def _implied(changes: Fields, act: Act) -> Mapping[str, JsonValue]:
    implied: dict[str, JsonValue] = {}
    for seat in touched(changes) if act in ("hand", "sample") else ():
        implied[f"{seat}.rejected"] = ""
        if act == "hand":
            implied[f"{seat}.origin"] = Origin(kind="hand").model_dump(mode="json")
    return implied


def _problems(old: SeatContent, new: SeatContent, act: Act) -> Iterator[Problem]:
    if act == "restore" or old == new:
        return
    if new.verdict is None and old.verdict is not None:
        yield Problem("a verdict cannot be emptied", "reject it instead", key=new.path)
    if old.verdict is None and new.verdict is not None and act not in ("hand", "sample"):
        yield Problem("this seat has no verdict", "write it by hand", key=new.path)
    if new.rejected and new.verdict is None:
        yield Problem("there is no verdict to reject", key=f"{new.path}.rejected")
    if act == "sample" and not (new.origin.kind == "sample" and new.origin.review):
        yield Problem("another sample names its review", key=f"{new.path}.origin")
    elif act not in ("hand", "sample") and new.origin != old.origin:
        yield Problem("where a verdict comes from is not edited", key=f"{new.path}.origin")


def taken(seat: SeatContent, run: str, review: Review) -> dict[str, JsonValue]:
    """The changes that put another sample in the place of a seat's verdict.

    Args:
        seat: The seat as it stands.
        run: The run of the other sample.
        review: Its review, with a verdict.

    Raises:
        InputError: The other sample failed.
    """
    if review.verdict is None:
        raise InputError(f"the other sample of {seat.persona} has no verdict", remedy="ask again")
    origin = Origin(kind="sample", run=run, review=review.key).model_dump(mode="json")
    verdict = review.verdict.model_dump(mode="json")
    return {f"{seat.path}.{name}": value for name, value in [("origin", origin), *verdict.items()]}
