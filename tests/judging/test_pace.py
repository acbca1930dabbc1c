"""Turns at a provider: a rate shared by all, and a refusal that speaks for the whole provider."""

import asyncio
from datetime import UTC, datetime

import pytest

from panel.domain.pacing import Pace
from panel.errors import DrainError
from panel.judging.brake import Brake
from panel.judging.pace import MemoryPacer, Turn, Turns, retry_after

HERE, THERE = "http://here/v1", "http://there/v1"


class Time(Brake):
    """A brake whose clock stands still but while somebody sleeps."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    async def sleep(self, seconds: float) -> None:
        self.check()
        self.now += seconds


def turns_at(time: Time, pace: Pace | None = None) -> Turns:
    return Turns(pace or Pace(), MemoryPacer(lambda: time.now), time, lambda: time.now)


def test_turns_keep_to_the_rate_of_their_own_provider() -> None:
    time = Time()
    turns = turns_at(time, Pace(rate=60))

    async def work() -> list[float]:
        return [(await turns.take(name, 10)).at for name in (HERE, HERE, HERE, THERE)]

    assert asyncio.run(work()) == [1000, 1001, 1002, 1002]


def test_nobody_asks_a_provider_before_its_retry_after() -> None:
    time = Time()
    turns = turns_at(time)

    async def work() -> list[Turn]:
        refused = await turns.take(HERE, 10)
        await turns.heard(refused, 429, 30)
        return [await turns.take(THERE, 10), await turns.take(HERE, 10)]

    elsewhere, again = asyncio.run(work())
    assert elsewhere.at == 1000
    assert again.at == 1030


def test_a_hold_that_comes_while_one_waits_is_sat_out_too() -> None:
    time = Time()
    pacer = MemoryPacer(lambda: time.now)

    class Late(Time):
        """Sleeps, and another machine is told to hold meanwhile."""

        async def sleep(self, seconds: float) -> None:
            if time.now == 1000:
                await pacer.hold(HERE, 70)
            time.now += seconds

    turns = Turns(Pace(rate=6), pacer, Late(), lambda: time.now)

    async def work() -> Turn:
        await turns.take(HERE, 10)
        return await turns.take(HERE, 10)

    assert asyncio.run(work()).at == 1070


def test_a_turn_that_was_not_used_at_once_waits_for_a_later_hold() -> None:
    time = Time()
    turns = turns_at(time)

    async def work() -> Turn:
        turn = await turns.take(HERE, 10)
        await turns.heard(turn, 529, 5)
        return await turns.keep(turn)

    assert asyncio.run(work()).at == 1005


def test_refusals_that_name_no_time_hold_longer_each_wave_until_one_succeeds() -> None:
    time = Time()
    turns = turns_at(time)

    async def wave() -> float:
        """How long everybody waits after four calls sent together were refused."""
        sent = [await turns.take(HERE, 10) for _ in range(4)]
        for turn in sent:
            await turns.heard(turn, 429, None)
        return (await turns.take(HERE, 10)).at - sent[0].at

    async def work() -> list[float]:
        found = [await wave() for _ in range(8)]
        await turns.heard(await turns.take(HERE, 10), 200, None)
        return [*found, await wave()]

    assert asyncio.run(work()) == [0.5, 1, 2, 4, 8, 16, 30, 30, 0.5]


@pytest.mark.parametrize("status", [None, 200, 400, 500, 503])
def test_nothing_else_holds_a_provider(status: int | None) -> None:
    time = Time()
    turns = turns_at(time)

    async def work() -> float:
        await turns.heard(await turns.take(HERE, 10), status, None)
        return (await turns.take(HERE, 10)).at

    assert asyncio.run(work()) == 1000


@pytest.mark.parametrize(("true", "at"), [(1000, 1010), (1500, 1015), (200, 1002)])
def test_the_true_tokens_count(true: int, at: float) -> None:
    time = Time()
    turns = turns_at(time, Pace(token_rate=6000))

    async def work() -> float:
        await turns.settle(await turns.take(HERE, 1000), true)
        return (await turns.take(HERE, 1)).at

    assert asyncio.run(work()) == pytest.approx(at, abs=1)


def test_a_pulled_brake_ends_the_wait() -> None:
    brake = Brake()
    turns = Turns(Pace(), MemoryPacer(), brake)

    async def work() -> None:
        await turns.heard(Turn(HERE, 10, 0.0), 429, 3600)
        waiting = asyncio.ensure_future(turns.take(HERE, 10))
        await asyncio.sleep(0)
        brake.pull()
        await waiting

    with pytest.raises(DrainError):
        asyncio.run(work())


NOW = datetime(2026, 11, 21, 8, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"retry-after": "20"}, 20),
        (503, {"retry-after": "1.5"}, 1.5),
        (529, {"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        (429, {"retry-after": "Sat, 21 Nov 2026 08:01:30 GMT"}, 90),
        (429, {"retry-after": "Sat, 21 Nov 2026 08:01:30"}, 90),
        (429, {"retry-after": "Sat, 21 Nov 2026 07:00:00 GMT"}, 0),
        (429, {"retry-after": "-3"}, 0),
        (429, {"retry-after": "nan"}, None),
        (429, {"retry-after": "inf"}, None),
        (429, {"retry-after": "soon"}, None),
        (429, {}, None),
        (500, {"retry-after": "20"}, None),
        (200, {"retry-after": "20"}, None),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(
    status: int, headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(status, headers, NOW) == seconds
