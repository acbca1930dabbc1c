"""Charts from zero, true to their numbers, or none at all."""

import datetime as dt
from decimal import Decimal

import pytest

from panel.publishing.site.charts import Priced, price_chart, time_chart

DAY = dt.date(2026, 5, 1)


def priced(name: str, amount: str, path: str = "models/x/") -> Priced:
    return Priced(name=name, path=path, amount=Decimal(amount), words=f"${amount}", as_of=DAY)


def test_bars_are_as_long_as_their_prices_counted_from_zero() -> None:
    own = priced("Own", "2.50", "")
    chart = price_chart("input", own, [priced("Dear", "10"), priced("Cheap", "0")])
    assert chart is not None
    assert [(bar.name, bar.own) for bar in chart.bars] == [
        ("Dear", False),
        ("Own", True),
        ("Cheap", False),
    ]
    full = chart.bars[0].width
    assert [bar.width / full for bar in chart.bars] == pytest.approx([1, 0.25, 0], abs=0.001)
    assert chart.height > max(bar.y for bar in chart.bars) + 27
    assert chart.description == "Dear: $10; Own: $2.50; Cheap: $0."


@pytest.mark.parametrize("rivals", [[], [priced("Free", "0")]])
def test_there_is_no_chart_of_one_price_or_of_nothing(rivals: list[Priced]) -> None:
    own = priced("Own", "0" if rivals else "3", "")
    assert price_chart("output", own, rivals) is None


def test_days_lie_as_far_apart_as_they_do_in_time() -> None:
    days = [(DAY, 1), (DAY + dt.timedelta(days=25), 4), (DAY + dt.timedelta(days=100), 1)]
    chart = time_chart(days)
    assert chart is not None
    first, second, last = (tick.x for tick in chart.ticks)
    assert (second - first) / (last - first) == pytest.approx(0.25, abs=0.001)
    assert [tick.anchor for tick in chart.ticks] == ["start", "", "end"]
    assert chart.ticks[1].size > chart.ticks[0].size == chart.ticks[2].size
    assert "2026-05-26: 4" in chart.description


def test_one_day_makes_no_line() -> None:
    assert time_chart([(DAY, 9)]) is None
    assert time_chart([]) is None
