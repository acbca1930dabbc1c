"""Work that was in hand at deaths of its process: again, alone, no more."""

import pytest

from panel.engine.quarantine import TRIES, Retry, Strikes, seat_subject


@pytest.mark.parametrize(
    ("deaths", "expected"),
    [
        ({}, "company"),
        ({"tern": 1}, "company"),
        ({"tern": 2}, "alone"),
        ({"tern": 3}, "quarantined"),
        ({"tern/a": 1, "tern/b": 1}, "company"),
        ({"tern/a": 2}, "alone"),
        ({"tern/a": 3}, "alone"),
        ({"tern-2": 3, "gannet/a": 3}, "company"),
    ],
)
def test_a_dossier_is_treated_by_its_own_deaths(deaths: dict[str, int], expected: str) -> None:
    assert Strikes(deaths).treatment("tern") == expected


def test_only_the_seat_that_was_in_hand_three_times_is_quarantined() -> None:
    strikes = Strikes({seat_subject("tern", "a"): TRIES, seat_subject("tern", "b"): TRIES - 1})
    assert strikes.quarantines("tern", "a")
    assert not strikes.quarantines("tern", "b")
    assert not strikes.quarantines("gannet", "a")
    assert strikes.most("tern") == TRIES
    assert strikes.most("gannet") == 0


@pytest.mark.parametrize(
    ("then", "now", "holds"),
    [(0, 0, True), (0, 2, True), (0, 3, False), (3, 3, True), (3, 4, False), (5, 5, True)],
)
def test_a_retry_ends_with_three_deaths_or_with_the_next_one(
    then: int, now: int, holds: bool
) -> None:
    assert Retry({}, then).holds(now) is holds
