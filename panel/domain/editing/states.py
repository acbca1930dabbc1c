"""Which state a draft is in, what may be done to it there, and by whom.

Editing what is approved drops it to review; what is live stays live until something else is
published or it is retracted, so that readers never see a half-finished correction.
"""

from typing import Literal

from panel.domain.value import Digest, Value

State = Literal["draft", "in_review", "approved", "published", "retracted"]

EditAct = Literal["edit", "reject", "hand", "sample", "restore"]
"""Acts that change words."""

MoveAct = Literal["submit", "return", "approve", "publish", "retract"]
"""Acts that change the state alone."""

Act = Literal[EditAct, MoveAct, "correct", "look", "undo"]
"""`correct` edits, approves and publishes in one step; `look` says that somebody looked again at a
draft whose dossier changed; `undo` takes back the last move."""

Role = Literal["viewer", "editor", "publisher", "admin"]

Right = Literal[Act, "view", "comment", "assign", "settle", "run", "people"]
"""Everything a role may or may not do."""

UNDO_SECONDS = 10.0
"""How long a move may be taken back."""

ROLES: tuple[Role, ...] = ("viewer", "editor", "publisher", "admin")
"""From the least rights to the most; each has those of all before it."""

STATES: tuple[State, ...] = ("draft", "in_review", "approved", "published", "retracted")

_LEAST: dict[Right, Role] = {
    "view": "viewer",
    "approve": "publisher",
    "publish": "publisher",
    "correct": "publisher",
    "retract": "publisher",
    "people": "admin",
}
"""The least role of each right; `editor` for all others."""

_MOVES: dict[str, tuple[tuple[State, ...], State]] = {
    "submit": (("draft",), "in_review"),
    "return": (("in_review", "approved", "retracted"), "draft"),
    "approve": (("draft", "in_review"), "approved"),
    "publish": (("approved",), "published"),
    "retract": (("draft", "in_review", "approved", "published"), "retracted"),
}

EDITS: frozenset[str] = frozenset({"edit", "reject", "hand", "sample", "restore"})
MOVES: frozenset[str] = frozenset(_MOVES)


class Standing(Value):
    """Where a draft stands after its last revision.

    Attributes:
        state: Its state.
        approved: Digest of the edition that was approved and not edited since; None otherwise.
        live: Digest of the edition readers see; None when there is none.
        edited_by: Login of whoever changed its words last; None when nobody has.
    """

    state: State = "draft"
    approved: Digest | None = None
    live: Digest | None = None
    edited_by: str | None = None


def may(role: Role, right: Right) -> bool:
    """Whether a role has a right.

    Args:
        role: Somebody's role.
        right: What they want to do.
    """
    return ROLES.index(role) >= ROLES.index(least_role(right))


def least_role(right: Right) -> Role:
    """The least role that has a right.

    Args:
        right: What somebody wants to do.
    """
    return _LEAST.get(right, "editor")


def is_open_to(act: Act, standing: Standing) -> bool:
    """Whether an act makes sense for a draft as it stands, whoever does it.

    Args:
        act: The act.
        standing: Where the draft stands.
    """
    if act in ("correct", "retract") and standing.live is None:
        return False
    if act in _MOVES:
        return standing.state in _MOVES[act][0]
    return True


def after(act: Act, standing: Standing, by: str, edition: str | None = None) -> Standing:
    """Where a draft stands after an act; `undo` is no act of its own, it restores a standing.

    Args:
        act: The act, open to the draft.
        standing: Where it stood.
        by: Login of whoever does it.
        edition: Digest of the edition that `approve` and `correct` freeze.

    Raises:
        ValueError: When the act is not open to it, or its edition is missing.
    """
    if act == "undo" or not is_open_to(act, standing):
        raise ValueError(f"{act} is not open to a draft that is {standing.state}")
    if act in ("approve", "correct") and edition is None:
        raise ValueError(f"{act} freezes an edition, and none was given")
    if act in EDITS:
        dropped: dict[State, State] = {
            "approved": "in_review",
            "published": "in_review",
            "retracted": "draft",
        }
        state = dropped.get(standing.state, standing.state)
        return Standing(state=state, live=standing.live, edited_by=by)
    if act == "correct":
        return Standing(state="published", approved=edition, live=edition, edited_by=by)
    if act == "look":
        return standing
    changes: dict[str, object] = {"state": _MOVES[act][1]}
    if act == "approve":
        changes["approved"] = edition
    elif act == "publish":
        changes["live"] = standing.approved
    elif act == "retract":
        changes |= {"live": None, "approved": None}
    elif act == "return":
        changes["approved"] = None
    return standing.model_copy(update=changes)
