"""The public record of a persona, counted over made models."""

import datetime as dt

from panel.domain.publication.entry import Entry, entry_of
from panel.domain.publication.predictions import standing_ends
from panel.domain.publication.records import Share, records
from panel.domain.statistics import wilson
from panel.domain.verdict import Prediction
from panel.testing import make_dossier, make_verdict
from tests.domain.publication.test_predictions import EARLY, LATE, end, entry
from tests.publishing.site.published import NOON, make_published

DAY = dt.timedelta(days=1)


def model(slug: str, *ended: str, days: int = 0, **more: object) -> Entry:
    return entry_of(make_published(slug, tuple(ended), at=NOON + days * DAY, **more))  # type: ignore[arg-type]


def test_calls_are_counted_and_newest_come_first() -> None:
    old = model("old", "ship", "skip", "ship")
    new = model("newer", "skip", "ship", "ship", days=1)
    found = records([old, new], {})
    first, second, third = (seat.persona for seat in old.seats)
    assert sorted(found) == list(found) == sorted([first, second, third])
    assert [call.entry.slug for call in found[first].calls] == ["newer", "old"]
    assert (found[first].ships.count, found[first].ships.n) == (1, 2)
    assert (found[first].dissents.count, found[second].dissents.count) == (1, 1)
    assert found[third].ships == Share(count=2, n=2)


def test_a_seat_that_did_not_answer_has_no_share_in_its_rate() -> None:
    found = records([model("one", "timeout", "skip", "skip")], {})
    silent = next(record for record in found.values() if record.silent)
    assert silent.ships == Share(count=0, n=0)
    assert (silent.ships.rate, silent.ships.interval) == (None, None)
    assert silent.edited.n == 1


def test_drafts_count_for_nothing() -> None:
    assert records([model("one", "ship", "skip", "ship", kind="draft")], {}) == {}


def test_a_share_has_its_interval_and_n() -> None:
    share = Share(count=3, n=12)
    assert share.interval is not None
    assert (share.rate, share.interval.n) == (0.25, 12)
    assert (share.interval.low, share.interval.high) == wilson(3, 12)


def test_only_predictions_that_turned_out_either_way_are_counted() -> None:
    one, two, three = entry("one", EARLY), entry("two", LATE), entry("three", LATE)
    told = [end(one), end(two, outcome="did-not"), end(three, outcome="unclear")]
    found = records([one, two, three, entry("four", LATE)], standing_ends(told))
    record = found[one.seats[0].persona]
    assert (record.came_true.count, record.came_true.n) == (1, 2)
    assert len(record.forecasts) == 4


def test_a_verdict_that_was_changed_is_an_edited_one() -> None:
    said = make_verdict(make_dossier())
    published = make_published("one", (said, "skip", "ship"))
    other = said.model_copy(update={"predictions": (Prediction(statement="More.", by=LATE),)})
    first = published.edition.reviews[0].model_copy(update={"verdict": other})
    reviews = (first, *published.edition.reviews[1:])
    edition = published.edition.model_copy(update={"reviews": reviews})
    releases = (published.last.model_copy(update={"edition": edition}),)
    found = records([entry_of(published.model_copy(update={"releases": releases}))], {})
    counts = {name: record.edited.count for name, record in found.items()}
    assert counts == {review.persona: int(review is first) for review in reviews}
