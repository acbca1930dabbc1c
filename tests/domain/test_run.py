import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from panel.domain.run import Order, OrderedDossier, Run, Seat, is_run_id, run_id
from panel.domain.value import digest_of
from panel.testing import FAKE_LLM, make_dossier, make_order, make_run, make_seat

FIRST = dt.datetime(1000, 1, 2)  # noqa: DTZ001  # hypothesis adds the zone
LAST = dt.datetime(9999, 12, 30)  # noqa: DTZ001
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.timezones())
HOUR_EAST = dt.timezone(dt.timedelta(hours=1))


@pytest.mark.parametrize(
    ("now", "nonce", "expected"),
    [
        (dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC), "5f2a9c", "20261121-083000-5f2a9c"),
        (dt.datetime(2026, 1, 1, 0, 30, tzinfo=HOUR_EAST), "0" * 6, "20251231-233000-000000"),
        (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "abcdef0123456789", "20260101-000000-abcdef"),
    ],
)
def test_a_run_id_is_its_start_in_utc_and_a_nonce(
    now: dt.datetime, nonce: str, expected: str
) -> None:
    assert run_id(now, nonce) == expected
    assert is_run_id(expected)


@given(INSTANTS)
def test_every_run_id_has_the_shape_of_one(now: dt.datetime) -> None:
    assert is_run_id(run_id(now, "0123456789abcdef"))


def test_run_ids_sort_by_their_start() -> None:
    starts = [dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=9 * n) for n in range(99)]
    ids = [run_id(start, "ffffff") for start in starts]
    assert sorted(ids) == ids


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "../20261121-083000-5f2a9c",
        "20261121-083000-5f2a9c/..",
        "20261121-083000-5f2a9c\n",
        "20261121-083000-5F2A9C",
        "20261121-083000-5f2a9",
        "20261121-083000-5f2a9cc",
        "20261121_083000_5f2a9c",
        "\uff12\uff10\uff12\uff16\uff11\uff11\uff12\uff11-083000-5f2a9c",
        "latest",
        "'; drop table runs; --",
    ],
)
def test_nothing_else_is_a_run_id(text: str) -> None:
    assert not is_run_id(text)
    with pytest.raises(ValidationError):
        make_run(id=text)


def test_the_digest_of_an_order_is_pinned() -> None:
    seat = Seat(persona="developer", digest="a" * 64, llm=FAKE_LLM)
    dossier = OrderedDossier(slug="tern-2", digest="b" * 64)
    assert make_order(seats=(seat,), dossiers=(dossier,)).digest.startswith("88dc348f0834160e")


@pytest.mark.parametrize(
    "change",
    [
        {"samples": 2},
        {"quorum": 4},
        {"recuse": True},
        {"templates": {"rules.md.j2": digest_of("template", "other")}},
        {"earlier": {"developer": digest_of("earlier", "a quote")}},
        {"versions": {"shipskip": "1", "checks": "1"}},
        {"seats": (make_seat("skeptic"),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_everything_that_decides_the_outcome_is_in_the_digest(change: dict[str, Any]) -> None:
    assert make_order(**change).digest != make_order().digest


def test_the_order_of_the_seats_is_part_of_the_order() -> None:
    seats = make_order().seats
    assert make_order(seats=seats[::-1]).digest != make_order(seats=seats).digest


def test_the_dossiers_are_part_of_the_order() -> None:
    one, two = make_dossier(), make_dossier(slug="tern-3", name="Tern 3")
    assert len({make_order(one).digest, make_order(two).digest, make_order(one, two).digest}) == 3


def test_the_clock_and_the_speed_are_no_part_of_the_order() -> None:
    run, later = make_run(), make_run(id="20270101-000000-000000", timeout=5, concurrency=1)
    assert run.order.digest == later.order.digest


def test_a_run_survives_its_json() -> None:
    run = make_run(make_order(make_dossier(conflict=True)), state="stopped", note="key refused")
    again = Run.model_validate_json(run.model_dump_json())
    assert again == run
    assert again.order.digest == run.order.digest


@pytest.mark.parametrize(
    "change",
    [
        {"dossiers": ()},
        {"seats": ()},
        {"seats": tuple(make_seat(f"reviewer-{number}") for number in range(1, 34))},
        {"samples": 0},
        {"samples": 101},
        {"quorum": 0},
        {"budget": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_orders_that_cannot_be_carried_out_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Order.model_validate({**make_order().model_dump(), **change})


def test_a_panel_may_have_thirty_two_seats() -> None:
    assert len(make_order(seats=32).seats) == 32


@pytest.mark.parametrize(
    "change",
    [{"timeout": 0}, {"timeout": 3601}, {"concurrency": 0}, {"state": "asleep"}],
    ids=str,
)
def test_runs_out_of_bounds_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make_run(**change)


def test_a_time_out_may_be_an_hour() -> None:
    assert make_run(timeout=3600).timeout == 3600
