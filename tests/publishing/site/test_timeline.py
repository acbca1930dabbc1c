"""What happened, by day; what is in doubt says so, and long days are cut short."""

import datetime as dt

from panel.domain.fact import Fact
from panel.publishing.site.timeline import MOST_FACTS, Moment, timeline
from panel.testing import make_dossier
from tests.publishing.dossiers import dossier as aster
from tests.publishing.site.published import make_published


def texts(moment: Moment) -> list[str]:
    return [event.text for event in moment.events]


def test_release_sources_facts_and_our_editions_stand_under_their_days() -> None:
    found = timeline(make_published("aster-2", dossier=aster()), {"F1"})
    days = [moment.day for moment in found]
    assert days == sorted(days)
    by_day = {moment.day: moment for moment in found}
    assert "Northwind Labs: Introducing Aster 2" in texts(by_day[dt.date(2026, 4, 7)])
    assert texts(by_day[dt.date(2026, 5, 12)]) == ["Our verdict is published: 3 of 5 seats ship"]
    linked = {event.link for moment in found for event in moment.events if event.kind == "fact"}
    assert "F1" in linked


def test_an_undated_source_is_on_no_day() -> None:
    found = timeline(make_published("aster-2", dossier=aster()), ())
    assert not any("The Relay" in text for moment in found for text in texts(moment))


def test_a_fact_in_dispute_says_so() -> None:
    made = make_dossier(conflict=True)
    found = timeline(make_published(made.slug, dossier=made), {fact.id for fact in made.facts})
    facts = [event for moment in found for event in moment.events if event.kind == "fact"]
    disputed = set(made.conflicts[0].facts)
    told = {event.link for event in facts if event.text.endswith(("(disputed)", "(superseded)"))}
    assert told & disputed
    assert {event.link for event in facts} & disputed <= told
    assert all(event.doubtful == (event.link in told) for event in facts)


def test_of_a_long_day_the_cited_and_undisputed_facts_are_kept() -> None:
    plain = make_dossier()
    one = plain.facts[0].model_copy(update={"standing": "reported", "as_of": plain.as_of})
    many: list[Fact] = [one.model_copy(update={"id": f"F{n}"}) for n in range(1, 21)]
    many[18] = many[18].model_copy(update={"standing": "disputed"})
    long = plain.model_copy(update={"facts": tuple(many)})
    published = make_published(plain.slug)
    edition = published.edition.model_copy(update={"dossier": long})
    release = published.last.model_copy(update={"edition": edition})
    published = published.model_copy(update={"releases": (release,)})
    (moment,) = (one for one in timeline(published, {"F19", "F20"}) if one.day == plain.as_of)
    shown = [event.link for event in moment.events if event.kind == "fact"]
    assert len(shown) == MOST_FACTS
    assert "F20" in shown
    assert "F19" not in shown
    assert (moment.more, moment.count) == (20 - MOST_FACTS, len(moment.events) + moment.more)


def test_a_draft_is_no_event() -> None:
    found = timeline(make_published(kind="draft"), ())
    assert not any(event.kind == "edition" for moment in found for event in moment.events)
