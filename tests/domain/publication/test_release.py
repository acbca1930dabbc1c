"""Two models are comparable by digest exactly when equal panels were asked in the same way."""

from panel.testing import make_persona
from tests.publishing.site.published import make_published


def test_the_last_release_is_what_readers_see() -> None:
    one = make_published()
    assert (one.last, one.before) == (one.releases[0], None)
    both = one.model_copy(update={"releases": (one.last, one.last)})
    assert both.before == one.last
    assert both.edition.run == both.run


def test_equal_panels_have_equal_digests_whatever_they_said() -> None:
    one = make_published("one", ("ship",) * 5)
    two = make_published("two", ("skip",) * 5)
    assert one.panel_digest == two.panel_digest


def test_another_seat_persona_or_way_of_asking_is_another_panel() -> None:
    one = make_published("one")
    fewer = make_published("two", ("ship",) * 4)
    names = [seat.persona for seat in one.panel.seats]
    other = make_published(
        "two", personas=tuple(make_persona(name, known_bias="Another one.") for name in names)
    )
    asked = [
        one.model_copy(update={"order": one.order.model_copy(update=change)})
        for change in ({"recuse": True}, {"versions": {"checks": "0"}}, {"samples": 2})
    ]
    digests = {found.panel_digest for found in (one, fewer, other, *asked)}
    assert len(digests) == 6
