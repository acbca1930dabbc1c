"""A change that came too late, laid out for its author: mine, theirs, and what both began from."""

import json
from dataclasses import dataclass

from panel.desk.forms import LISTS
from panel.desk.wordings import Difference, as_text, both, differences, names_of
from panel.domain.editing.content import fields_of
from panel.domain.editing.merging import Clash
from panel.domain.editing.people import User
from panel.domain.editing.wording import Piece, word_diff
from panel.editing.drafts import Draft
from panel.editing.stale import StaleDraftError
from panel.publishing.words import listed

_NO_BOTH = ("call", "origin")
"""Fields of which only one value can stand."""


@dataclass(frozen=True)
class ClashView:
    """One field that two people changed differently.

    Attributes:
        path: The field.
        words: The field in words.
        base: What both began from.
        mine: What the later one wrote, against what both began from.
        theirs: What stands, likewise.
        both: Both after each other, to make one of; None where only one can stand.
        is_list: Whether it is a list, one row on each line.
        rows: Height of the field for both.
    """

    path: str
    words: str
    base: str
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    both: str | None
    is_list: bool
    rows: int


@dataclass(frozen=True)
class MergePage:
    """What somebody sees when their change came too late.

    Attributes:
        who: Names of those who were faster, in words.
        since: Version the change was based on.
        clashes: Fields to choose.
        mine: Changes of theirs that clash with nobody's.
        theirs: Fields, in words, that only others changed.
        changes: The former, to be sent again.
        clashed: Their side of the clashes, to be sent again.
    """

    who: str
    since: int
    clashes: tuple[ClashView, ...]
    mine: tuple[Difference, ...]
    theirs: tuple[str, ...]
    changes: str
    clashed: str


def merge_page(error: StaleDraftError, users: tuple[User, ...]) -> MergePage:
    """Lay out a change that came too late.

    Args:
        error: The refusal, which holds all of it.
        users: All accounts, for their names.
    """
    draft, merged = error.draft, error.merge
    personas, samples = draft.papers.personas, draft.papers.card.samples
    standing = fields_of(draft.content)
    return MergePage(
        who=faster(draft, error.base, users),
        since=error.base,
        clashes=tuple(_clash(draft, one) for one in merged.clashes),
        mine=differences(standing, merged.changes, personas, samples=samples),
        theirs=names_of(merged.theirs, personas, samples=samples),
        changes=json.dumps(merged.changes),
        clashed=json.dumps({one.path: one.mine for one in merged.clashes}),
    )


def faster(draft: Draft, base: int, users: tuple[User, ...]) -> str:
    """Names of those who changed a draft since a version, in words.

    Args:
        draft: The draft.
        base: The version.
        users: All accounts.
    """
    names = {one.login: one.name for one in users}
    logins = dict.fromkeys(revision.by for revision in draft.revisions[base:])
    return listed([names.get(login, login) for login in logins]) or "somebody"


def _clash(draft: Draft, clash: Clash) -> ClashView:
    personas, samples = draft.papers.personas, draft.papers.card.samples
    base, mine, theirs = (
        as_text(clash.path, value) for value in (clash.base, clash.mine, clash.theirs)
    )
    name = clash.path.rpartition(".")[2]
    is_one = name in _NO_BOTH or clash.path.endswith("_per_million")
    prefilled = None if is_one else both(clash.path, clash.mine, clash.theirs)
    return ClashView(
        path=clash.path,
        words=names_of([clash.path], personas, samples=samples)[0],
        base=base,
        mine=word_diff(base, mine),
        theirs=word_diff(base, theirs),
        both=prefilled,
        is_list=name in LISTS,
        rows=min(14, 2 + (prefilled or "").count("\n") + len(prefilled or "") // 70),
    )
