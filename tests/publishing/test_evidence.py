"""Facts, sources and conflicts in words."""

from panel.publishing.evidence import conflict_view, fact_view, open_conflict_views, source_view
from tests.publishing import dossiers as made


def test_a_repeated_text_is_one_witness() -> None:
    dossier = made.dossier()
    first = fact_view(dossier.facts[0], dossier, {"F1"})
    assert [witness.source.id for witness in first.witnesses] == ["S1", "S3"]
    assert first.witnessed == "1 independent source"
    assert first.cited


def test_a_fact_names_its_open_conflicts_value_and_day() -> None:
    dossier = made.dossier()
    views = {fact.id: fact_view(fact, dossier, ()) for fact in dossier.facts}
    assert views["F2"].disputed_in == ("C1",)
    assert views["F1"].disputed_in == ()
    assert views["F6"].value == "2.00 USD"
    assert views["F5"].as_of == "20 April 2026"
    assert not views["F6"].cited


def test_sources_say_what_is_not_known() -> None:
    first, second, third = (source_view(source) for source in made.sources())
    assert first.url == "https://lumen.example/aster-2?ref=front&page=1"
    assert second.note == "Calls its own figures preliminary"
    assert (third.url, third.published, third.repeats) == (None, "undated", "S1")


def test_a_conflict_shows_both_sides_with_their_words() -> None:
    dossier = made.dossier()
    facts = {fact.id: fact_view(fact, dossier, ()) for fact in dossier.facts}
    view = conflict_view(dossier.conflicts[0], facts)
    assert view.attribute == "licence"
    assert [side.id for side in view.sides] == ["F2", "F3"]
    assert [side.witnesses[0].source.publisher for side in view.sides] == [
        "Lumen Weekly",
        "Northwind Labs",
    ]


def test_only_the_open_conflicts_that_are_asked_for_are_shown() -> None:
    dossier = made.dossier()
    facts = [fact_view(fact, dossier, ()) for fact in dossier.facts]
    assert [one.id for one in open_conflict_views(dossier, ["C1"], facts)] == ["C1"]
    assert open_conflict_views(dossier, [], facts) == ()
