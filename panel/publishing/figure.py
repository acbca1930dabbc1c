"""Geometry of the drawn split: one mark per seat, and the ship rate with its interval as a bar.

Plain numbers in the units of the drawing (360 wide); the template only places shapes.
"""

from panel.domain.value import Value
from panel.publishing.card import CardView
from panel.publishing.seats import Shape

_LEFT, _RIGHT = 12.0, 348.0
_PER_ROW = 8


class Mark(Value):
    """One seat of the drawing.

    Attributes:
        x: Centre, from the left.
        y: Centre, from the top.
        shape: What is drawn.
        name: Whose seat it is.
        word: The call in words.
    """

    x: float
    y: float
    shape: Shape
    name: str
    word: str


class Figure(Value):
    """The drawn split.

    Attributes:
        height: Height of the drawing.
        marks: One per seat, ships first.
        axis: Height of the axis; None without an interval.
        low: Left end of the interval bar.
        high: Right end of the interval bar.
        rate: Where the rate stands.
        title: The result in words.
        description: Every seat with its call, then the interval.
    """

    height: float
    marks: tuple[Mark, ...]
    axis: float | None
    low: float
    high: float
    rate: float
    title: str
    description: str


def figure(view: CardView) -> Figure:
    """Where everything of a scorecard's split is drawn.

    Args:
        view: The scorecard in words.
    """
    order: tuple[Shape, ...] = ("disc", "half", "diamond", "cross")
    seats = sorted(view.seats, key=lambda seat: order.index(seat.shape))
    across = min(_PER_ROW, max(len(seats), 1))
    step = min(48.0, (_RIGHT - _LEFT) / across)
    marks = tuple(
        Mark(
            x=round(_LEFT + step * (at % across) + 15, 1),
            y=round(20 + 44.0 * (at // across), 1),
            shape=seat.shape,
            name=seat.name,
            word=seat.word,
        )
        for at, seat in enumerate(seats)
    )
    rows = -(-len(seats) // across)
    found = view.interval
    calls = "; ".join(f"{mark.name}: {mark.word.lower()}" for mark in marks)
    return Figure(
        height=44.0 * rows + (56.0 if found else 0.0),
        marks=marks,
        axis=44.0 * rows + 22 if found else None,
        low=_place(found.low if found else 0),
        high=_place(found.high if found else 0),
        rate=_place(found.rate if found else 0),
        title=view.result,
        description=f"{calls}." + (f" {found.words}, {found.method}." if found else ""),
    )


def _place(share: float) -> float:
    return round(_LEFT + share * (_RIGHT - _LEFT), 1)
