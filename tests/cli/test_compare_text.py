"""A comparison as text: both results, what rests on which fact, and nothing a terminal obeys."""

from panel.cli.compare_text import comparison_lines
from panel.publishing.site.compare_view import compare_view
from tests.domain.publication.facing import dossier_of, fact, priced
from tests.publishing.site.published import make_published

RUMOUR = fact("access", "weights", "open", brief="weights to download", standing="disputed")
CODE = fact("capability", "coding", brief="better code", leaning="for")


def text(*models: str) -> str:
    """Two models with a rumour about the first and a fact about the second."""
    one = make_published("gannet-5", dossier=dossier_of(RUMOUR, slug="gannet-5"))
    two = make_published("tern-2", dossier=dossier_of(CODE))
    return "\n".join(comparison_lines(compare_view(one, two)))


def test_both_sides_are_said_before_what_is_between_them() -> None:
    said = text()
    assert said.startswith("Gannet-5 versus Tern-2: which one should you ship with?\n\nGannet-5 (")
    assert said.index("\nTern-2 (") < said.index("\nThe intervals overlap")
    assert said.count("95 % interval") == 2
    assert said.count("AI personas, edited by Ana Roy, approved by Pia Roy") == 2
    assert "    The Developer: ● Ship | ● Ship: ships both\n" in said


def test_answers_stand_above_the_facts_they_rest_on() -> None:
    said = text()
    assert (
        "    Is code what you want out of it? Pick Tern-2.\n"
        "        Gannet-5: does not say\n"
        "        Tern-2: facts for it: better code (F1)\n"
    ) in said
    assert "        Gannet-5: facts in dispute: weights to download (F1, disputed)\n" in said
    assert "    The dossiers do not say:\n        Will you give it images to read?\n" in said


def test_properties_stand_with_both_sides_even_where_one_is_silent() -> None:
    assert (
        "    access, weights: in dispute: decides nothing\n"
        "        Gannet-5: weights to download (F1, disputed)\n"
        "        Tern-2: not said\n"
    ) in text()
    assert "No test is known whose result both give on one scale." in text()


def test_a_month_stands_with_both_prices() -> None:
    found = compare_view(priced("gannet-5", "0.40", "1.60"), priced("tern-2", "4", "16"))
    said = "\n".join(comparison_lines(found))
    assert "out: $0.72 a month | $7.20 a month: Gannet-5 costs less\n" in said


def test_drafts_are_marked() -> None:
    draft = make_published("tern-2", kind="draft", approved_by="", edited_by=())
    said = "\n".join(comparison_lines(compare_view(make_published("gannet-5"), draft)))
    assert "\nTern 2 (Harbour Labs) (draft, approved by nobody)\n" in said


def test_nothing_in_it_is_obeyed_by_a_terminal() -> None:
    hostile = make_published("tern-2", edited_by=("\x1b[2J\u202eAna",), approved_by="Pia\x07")
    said = "\n".join(comparison_lines(compare_view(make_published("gannet-5"), hostile)))
    assert all(char.isprintable() or char == "\n" for char in said)
