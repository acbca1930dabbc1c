"""What colleagues say to each other about a draft, by the part of it that they speak about."""

import datetime as dt
from collections.abc import Mapping, Sequence

from panel.desk.fields import field_words
from panel.domain.editing.queue import Comment
from panel.domain.value import Value
from panel.editing.drafts import Draft

Option = tuple[str, str]
"""A value of a form's field and the word for it."""


class Remark(Value):
    """A comment.

    Attributes:
        id: Its id.
        name: Name of the field within its part; empty for the whole draft.
        about: The field it is about, in words.
        by: Name of who wrote it.
        at: When.
        text: What they wrote.
        resolved: When it was resolved; None while it is open.
        resolved_by: By whom.
    """

    id: str
    name: str
    about: str
    by: str
    at: dt.datetime
    text: str
    resolved: dt.datetime | None = None
    resolved_by: str = ""


class Thread(Value):
    """The comments on one part of a draft, with the fields one may comment there.

    Attributes:
        anchor: Name of its place on the page.
        open: Comments that wait for an answer.
        resolved: The others.
        options: Fields of the part.
    """

    anchor: str
    open: tuple[Remark, ...]
    resolved: tuple[Remark, ...]
    options: tuple[Option, ...]


Remarks = Sequence[tuple[str, Remark]]
"""Comments with the path each is about."""


def remarks_of(draft: Draft, comments: Sequence[Comment], names: Mapping[str, str]) -> Remarks:
    """All comments on a draft in words.

    Args:
        draft: The draft.
        comments: The comments, the oldest first.
        names: Names of people by login.
    """
    personas, samples = draft.papers.personas, draft.papers.card.samples
    return [
        (
            one.field,
            Remark(
                id=one.id,
                name=one.field.rpartition(".")[2],
                about=field_words(one.field, personas, samples=samples),
                by=names.get(one.by, one.by),
                at=one.at,
                text=one.text,
                resolved=one.resolved,
                resolved_by=names.get(one.resolved_by or "", one.resolved_by or ""),
            ),
        )
        for one in comments
    ]


def seat_of(path: str) -> str:
    """The seat a field belongs to, e.g. `skeptic.1`; of a field of no seat, something else.

    Args:
        path: Path of the field.
    """
    return path.rpartition(".")[0]


def thread_of(anchor: str, remarks: Sequence[Remark], options: tuple[Option, ...]) -> Thread:
    """The comments on one part.

    Args:
        anchor: Name of its place on the page.
        remarks: The comments, the oldest first.
        options: Fields one may comment there.
    """
    return Thread(
        anchor=anchor,
        open=tuple(one for one in remarks if not one.resolved),
        resolved=tuple(one for one in remarks if one.resolved),
        options=options,
    )
