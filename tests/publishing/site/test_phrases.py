"""A model of a list in words: a percentage never stands without its n and interval."""

from panel.domain.publication.entry import Entry
from panel.publishing.site.phrases import name_of, rate_line, result_line, seats_line
from panel.testing import make_dossier
from tests.publishing.site.books import MemoryBook
from tests.publishing.site.published import make_published


def entry(*ended: str, name: str = "Tern") -> Entry:
    """A model whose seats ended so."""
    model = make_published("tern", ended, dossier=make_dossier(slug="tern", name=name))  # pyright: ignore
    return MemoryBook([model]).entries["tern"]


def test_a_result_has_its_interval() -> None:
    line = result_line(entry("ship", "ship", "ship", "skip"))
    assert line == "Ship: 3 of 4 seats ship it (75 %, 95 % interval 30 % to 95 %, n = 4)"


def test_seats_that_did_not_answer_are_named() -> None:
    found = entry("ship", "ship", "timeout")
    assert seats_line(found) == "2 of 3 seats ship it, 2 of 3 answered"


def test_without_quorum_there_is_no_percentage() -> None:
    found = entry("ship", "timeout", "timeout")
    assert rate_line(found) == "too few seats answered for a result"
    assert "%" not in result_line(found)


def test_a_name_shows_what_hides_in_it() -> None:
    base = entry("ship", "ship", "ship")
    assert name_of(base.model_copy(update={"name": "Te\u202ern"})) == "Te\ufffdrn"
