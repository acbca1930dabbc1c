"""What a digest tells of which week."""

import datetime as dt
from typing import Any

import pytest

from panel.domain.publication.entry import Entry, EntryRelease, entry_of
from panel.domain.publication.weekly import CLOSE, weekly, weeks
from panel.domain.scorecard import Outcome
from tests.publishing.site.published import make_published

MONDAY, SUNDAY = dt.date(2026, 5, 11), dt.date(2026, 5, 17)
BASE = entry_of(make_published("some-model"))


def at(day: int, hour: int = 12) -> dt.datetime:
    """An instant in May."""
    return dt.datetime(2026, 5, day, hour, tzinfo=dt.UTC)


def release(day: int, outcome: Outcome = "ship", ships: int = 4, **changes: Any) -> EntryRelease:
    """A release of a panel of five."""
    fields = {"at": at(day), "kind": "published", "outcome": outcome, "ships": ships}
    fields |= {"answered": 5, "seats": 5, "rate": ships / 5, "low": 0.1, "high": 0.9, "n": 5}
    return EntryRelease.model_validate({**fields, "note": "", **changes})


def entry(slug: str, *history: EntryRelease, **changes: Any) -> Entry:
    """A model with a history."""
    fields = {"slug": slug, "name": slug.title(), "history": history, **changes}
    return BASE.model_copy(update=fields)


def named(items: Any) -> list[str]:
    """Slugs in order."""
    return [item.slug for item in items]


def test_the_first_release_of_a_model_is_new() -> None:
    entries = [
        entry("late", release(18)),
        entry("early", release(10)),
        entry("b", release(11)),
        entry("a", release(17), release(17, "skip", 1)),
    ]
    found = weekly(entries, MONDAY, SUNDAY)
    assert named(found.new) == ["a", "b"]
    assert (found.new[0].release.outcome, found.new[0].before) == ("skip", None)
    assert found.changed == found.again == found.corrected == found.gone == ()


def test_days_are_those_of_utc() -> None:
    evening = dt.datetime(2026, 5, 17, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-3)))
    found = weekly([entry("a", release(1, at=evening))], MONDAY, SUNDAY)
    assert found.is_empty


def test_another_result_is_a_change_and_flips_come_first() -> None:
    entries = [
        entry("count", release(1, ships=4), release(12, ships=5)),
        entry("flip", release(1, ships=3), release(12, "skip", 2)),
        entry("great-flip", release(1, ships=5), release(12, "skip", 0)),
        entry("same", release(1), release(12)),
    ]
    found = weekly(entries, MONDAY, SUNDAY)
    assert named(found.changed) == ["great-flip", "flip", "count"]
    assert named(found.flips) == ["great-flip", "flip"]
    assert named(found.again) == ["same"]
    assert found.changed[0].before == release(1, ships=5)


def test_a_correction_is_told_even_when_more_followed() -> None:
    wrong = release(12, kind="corrected", note="The price was wrong.")
    found = weekly([entry("a", release(1), wrong, release(13, "skip", 1))], MONDAY, SUNDAY)
    assert [item.release.note for item in found.corrected] == ["The price was wrong."]
    assert named(found.changed) == ["a"]
    only = weekly([entry("a", release(1), wrong)], MONDAY, SUNDAY)
    assert (named(only.corrected), only.again, only.changed) == (["a"], (), ())


def test_what_was_retracted_is_told_with_its_reason() -> None:
    gone = entry("a", release(1), retracted=at(13), why_retracted="Not the model we thought.")
    found = weekly([gone], MONDAY, SUNDAY)
    assert [(one.slug, one.note) for one in found.gone] == [("a", "Not the model we thought.")]
    assert not found.is_empty
    assert weekly([gone], MONDAY, dt.date(2026, 5, 12)).is_empty


def test_the_closest_panels_are_named() -> None:
    entries = [
        entry("clear", release(11, ships=5)),
        entry("tie", release(11, "split", 2, answered=4)),
        *(entry(f"close-{n}", release(11, ships=3)) for n in range(4)),
        entry("nobody", release(11, "no_quorum", 1, answered=2, rate=None)),
    ]
    found = weekly(entries, MONDAY, SUNDAY)
    assert found.close == ("tie", "close-0", "close-1")
    assert len(found.close) == CLOSE


def test_only_the_release_that_readers_see_is_quoted() -> None:
    shown = entry_of(make_published("some-model", at=at(12)))
    (item,) = weekly([shown], MONDAY, SUNDAY).new
    assert [who for who, _ in item.dissent] == ["The Skeptic", "The Creator"]
    assert item.editors == ("Ana Roy",)
    later = shown.model_copy(update={"history": (*shown.history, release(20))})
    (quiet,) = weekly([later], MONDAY, SUNDAY).new
    assert (quiet.dissent, quiet.editors) == ((), ())


def test_what_was_retracted_since_is_not_quoted_or_called_close() -> None:
    shown = entry_of(make_published("some-model", at=at(12)))
    gone = shown.model_copy(update={"retracted": at(25), "why_retracted": "Gone."})
    found = weekly([gone], MONDAY, SUNDAY)
    assert (found.new[0].dissent, found.new[0].retracted) == ((), dt.date(2026, 5, 25))
    assert found.close == ()


def test_drafts_are_not_told_of() -> None:
    draft = entry("a", release(12, kind="draft"))
    assert weekly([draft], MONDAY, SUNDAY).is_empty
    assert weeks([draft]) == {}
    after = entry("b", release(1), release(12, "skip", 0, kind="draft"))
    assert weekly([after], MONDAY, SUNDAY).is_empty


def test_every_week_with_a_release_has_its_digest() -> None:
    entries = [
        entry("a", release(4), release(12, "skip", 1)),
        entry("b", release(5), retracted=at(25), why_retracted="Gone."),
    ]
    found = weeks(entries)
    assert list(found) == ["2026-w22", "2026-w20", "2026-w19"]
    assert named(found["2026-w20"].changed) == ["a"]
    assert named(found["2026-w19"].new) == ["a", "b"]
    assert all(one.name == name for name, one in found.items())
    again = weeks(reversed(entries))
    assert {name: one.digest for name, one in again.items()} == {
        name: one.digest for name, one in found.items()
    }


@pytest.mark.parametrize(
    ("since", "until", "name"),
    [
        (MONDAY, SUNDAY, "2026-w20"),
        (dt.date(2026, 1, 5), dt.date(2026, 1, 11), "2026-w02"),
        (dt.date(2024, 12, 30), dt.date(2025, 1, 5), "2025-w01"),
        (MONDAY, MONDAY, "2026-05-11--2026-05-11"),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 18), "2026-05-12--2026-05-18"),
    ],
)
def test_a_whole_week_is_called_by_its_number(since: dt.date, until: dt.date, name: str) -> None:
    assert weekly([], since, until).name == name


def test_a_digest_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot begin on 2026-05-17"):
        weekly([], SUNDAY, MONDAY)
