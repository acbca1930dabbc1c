"""Where everything of a chart is drawn: plain numbers in the units of the drawing, 360 wide.

Axes of amounts begin at zero; what cannot be drawn fairly is not drawn at all.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from panel.domain.value import Value

WIDTH = 360.0
_LEFT, _RIGHT = 4.0, 300.0
_ROW, _TOP = 38.0, 8.0
_EDGE = 10.0


class Priced(Value):
    """A model in a chart of prices.

    Attributes:
        name: What it is called.
        path: Its page below the root; empty for the model of the page.
        amount: Price per million tokens.
        words: The same in words.
        as_of: The day of that price.
    """

    name: str
    path: str
    amount: Decimal
    words: str
    as_of: dt.date


class PriceBar(Value):
    """One bar of a chart of prices."""

    name: str
    words: str
    own: bool
    y: float
    width: float


class PriceChart(Value):
    """Prices of one kind, own and rivals', from zero.

    Attributes:
        kind: `input` or `output`.
        rows: What is drawn, dearest first; the table behind the drawing.
        bars: Their bars.
        height: Height of the drawing.
        description: The drawing in words.
    """

    kind: str
    rows: tuple[Priced, ...]
    bars: tuple[PriceBar, ...]
    height: float
    description: str


def price_chart(kind: str, own: Priced, rivals: Sequence[Priced]) -> PriceChart | None:
    """Prices as bars from zero.

    Args:
        kind: `input` or `output`.
        own: The model of the page.
        rivals: Others, in the same currency.

    Returns:
        The chart; None without a rival or when all is free.
    """
    rows = tuple(sorted((own, *rivals), key=lambda one: (-one.amount, one.path, one.name)))
    most = rows[0].amount
    if not rivals or not most:
        return None
    bars = tuple(
        PriceBar(
            name=row.name,
            words=row.words,
            own=row is own,
            y=_TOP + _ROW * at,
            width=round(float(row.amount / most) * (_RIGHT - _LEFT), 1),
        )
        for at, row in enumerate(rows)
    )
    return PriceChart(
        kind=kind,
        rows=rows,
        bars=bars,
        height=_TOP + _ROW * len(rows),
        description="; ".join(f"{row.name}: {row.words}" for row in rows) + ".",
    )


class Tick(Value):
    """One day on a line of time.

    Attributes:
        day: The day.
        x: Its place, true to the time that passed.
        size: Radius of its dot; its area grows with the count.
        count: How much happened.
        anchor: How its label stands; empty when it has none.
    """

    day: dt.date
    x: float
    size: float
    count: int
    anchor: str


class TimeChart(Value):
    """Days on a line of time.

    Attributes:
        ticks: The days, first to last.
        description: The drawing in words.
    """

    ticks: tuple[Tick, ...]
    description: str


def time_chart(days: Sequence[tuple[dt.date, int]]) -> TimeChart | None:
    """Days on a line, as far apart as they lie in time.

    Args:
        days: Days with how much happened, first to last.

    Returns:
        The chart; None for fewer than two days.
    """
    if len(days) < 2:
        return None
    first, last = days[0][0], days[-1][0]
    span = (last - first).days
    most = max(count for _, count in days)
    ticks = tuple(
        Tick(
            day=day,
            x=round(_EDGE + (day - first).days / span * (WIDTH - 2 * _EDGE), 1),
            size=round(3.5 + 5.5 * (count / most) ** 0.5, 1),
            count=count,
            anchor="start" if day == first else "end" if day == last else "",
        )
        for day, count in days
    )
    told = "; ".join(f"{tick.day.isoformat()}: {tick.count}" for tick in ticks)
    return TimeChart(ticks=ticks, description=f"Events by day. {told}.")
