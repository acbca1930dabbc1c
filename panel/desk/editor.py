"""One page to type on, in words: every field with what stands in it and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from panel.desk.checked import checked, checked_as_typed
from panel.desk.copies import HEAD
from panel.desk.fields import OF_NO_SEAT, own_words
from panel.desk.forms import MOST, Row, field_name, laid_over, rows, typed
from panel.desk.sent import Sent, seat_of
from panel.domain.editing.content import SeatContent
from panel.domain.fact import Topic
from panel.editing.drafts import Draft
from panel.errors import Problem
from panel.publishing.seats import ReviewView
from panel.publishing.words import one_line

TOPICS: tuple[str, ...] = get_args(Topic)

Kind = Literal["text", "facts", "topic", "date"]


@dataclass(frozen=True)
class Column:
    """One column of a list.

    Attributes:
        name: Its name within a row.
        label: It in words.
        kind: What is typed there.
    """

    name: str
    label: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Box:
    """A list of a verdict as rows to type in.

    Attributes:
        path: Its path.
        legend: What it is.
        hint: What belongs there.
        one: One row in words.
        columns: Its columns.
        rows: Its rows, blank ones last.
    """

    path: str
    legend: str
    hint: str
    one: str
    columns: tuple[Column, Column]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Wrong:
    """A problem as the page tells it.

    Attributes:
        field: Name of the form's field; empty when it is about none that is shown.
        label: The field in words.
        words: What is wrong, and what to do.
    """

    field: str
    label: str
    words: str


@dataclass(frozen=True)
class Editor:
    """A page to type on.

    Attributes:
        page: Its name.
        title: What it is about.
        seat: The seat; None on the page of what belongs to no seat.
        act: What saving does: `save`, or `hand` where no verdict stands.
        form: Text by field name.
        boxes: The lists of a verdict.
        view: The words as the checks see them; None where there is no verdict yet.
        wrong: What is wrong.
    """

    page: str
    title: str
    seat: SeatContent | None
    act: Literal["save", "hand"]
    form: Mapping[str, str]
    boxes: tuple[Box, ...]
    view: ReviewView | None
    wrong: tuple[Wrong, ...] = ()

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong by field name."""
        return {one.field: one.words for one in self.wrong if one.field}

    def text(self, name: str) -> str:
        """What stands in a field.

        Args:
            name: Its name, within the seat where there is one.
        """
        return self.form.get(f"{self.seat.path}.{name}" if self.seat else name, "")


_FACTS = Column("facts", "facts, e.g. F1 F7", "facts")
_REASON = (Column("text", "words"), _FACTS)
_BOXES: Mapping[str, tuple[str, str, str, tuple[Column, Column]]] = {
    "citations": (
        "Citations",
        "Words of the quote, exactly as they stand there, and the facts that carry them.",
        "Citation",
        (Column("phrase", "words of the quote"), _FACTS),
    ),
    "reasons_for": ("Reasons for", "What speaks for shipping.", "Reason for", _REASON),
    "reasons_against": ("Reasons against", "What speaks against it.", "Reason against", _REASON),
    "flip_conditions": (
        "What would change the call",
        "And the topic under which news of it would come.",
        "Condition",
        (Column("condition", "condition"), Column("topic", "topic", "topic")),
    ),
    "predictions": (
        "Predictions",
        "What will be seen, and by which day.",
        "Prediction",
        (Column("statement", "what"), Column("by", "by", "date")),
    ),
}


def editor_of(
    draft: Draft,
    page: str,
    sent: Sent | None = None,
    problems: Iterable[Problem] = (),
) -> Editor:
    """A page to type on.

    Args:
        draft: The draft.
        page: Which page.
        sent: What was typed there; what stands unless given.
        problems: What is wrong with it.

    Raises:
        HTTPException: 404, when there is no such page.
    """
    seat = seat_of(draft.content, page)
    form = typed(draft.content, seat)
    view = checked(draft, seat) if seat else None
    if sent is not None:
        form = laid_over(form, sent.changes)
        form = {name: text for name, text in form.items() if _is_shown(name, seat)}
        if seat:
            view, _ = checked_as_typed(draft, seat, sent.changes)
    boxes = _boxes(form, seat.path) if seat else ()
    names = _names(seat, boxes)
    return Editor(
        page=page,
        title=_title(draft, seat),
        seat=seat,
        act="hand" if is_by_hand(draft, page) else "save",
        form=form,
        boxes=boxes,
        view=view,
        wrong=tuple(_wrong(one, names, seat) for one in problems),
    )


def _names(seat: SeatContent | None, boxes: Iterable[Box]) -> set[str]:
    """All that a problem can be shown at."""
    if seat is None:
        return {*OF_NO_SEAT, "reason", "note"}
    found = {f"{seat.path}.{name}" for name in ("call", "headline", "quote")} | {"reason", "note"}
    for box in boxes:
        found |= {box.path, *(f"{row.name}.{one.name}" for row in box.rows for one in box.columns)}
    return found


def _is_shown(name: str, seat: SeatContent | None) -> bool:
    return name.startswith(f"{seat.path}.") if seat else name in OF_NO_SEAT


def _title(draft: Draft, seat: SeatContent | None) -> str:
    if seat is None:
        return "Summary and prices"
    name = one_line(draft.papers.personas[seat.persona].name)
    return name + (f", sample {seat.sample}" if draft.papers.card.samples > 1 else "")


def _boxes(form: Mapping[str, str], path: str) -> tuple[Box, ...]:
    return tuple(
        Box(
            path=f"{path}.{name}",
            legend=legend,
            hint=f"{hint} At most {MOST[name]}; empty a row to remove it.",
            one=one,
            columns=columns,
            rows=rows(form, path, name),
        )
        for name, (legend, hint, one, columns) in _BOXES.items()
    )


def _wrong(problem: Problem, names: set[str], seat: SeatContent | None) -> Wrong:
    field = field_name(problem.key)
    words = problem.message + (f": {problem.remedy}" if problem.remedy else "")
    return Wrong(
        field=field if field in names else "",
        label=_label(field.removeprefix(f"{seat.path}.") if seat else field),
        words=words,
    )


def _label(name: str) -> str:
    """A field in words, e.g. `citations.0.facts` -> `citation 1, facts`."""
    head, _, rest = name.partition(".")
    found = _BOXES.get(head)
    if found is None or not rest:
        return own_words(name)
    number, _, column = rest.partition(".")
    label = f"{found[2].lower()} {int(number) + 1}" if number.isdecimal() else found[2].lower()
    return f"{label}, {column}" if column else label


def is_by_hand(draft: Draft, page: str) -> bool:
    """Whether what is saved on a page is a verdict of its own: none stands there.

    Args:
        draft: The draft.
        page: The page.

    Raises:
        HTTPException: 404, when there is no such page.
    """
    seat = seat_of(draft.content, page)
    return seat is not None and (seat.verdict is None or bool(seat.rejected))


def page_path(path: str, page: str) -> str:
    """Where a page to type on is.

    Args:
        path: Where the draft's page is.
        page: Its name.
    """
    persona, _, sample = page.rpartition(".")
    return f"{path}/edit" if page == HEAD else f"{path}/edit/{persona}/{sample}"
