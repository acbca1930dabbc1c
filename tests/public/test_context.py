import datetime as dt

import pytest

from panel.public.context import Salts
from tests.databases import rows
from tests.public.living import SLUG, LiveSite, make_site, model_page


@pytest.mark.parametrize(
    ("slug", "takes"),
    [(SLUG, True), ("gone", False), ("nobody", False), ("", False), ("..", False), ("x\n", False)],
)
def test_models_with_a_form_take_votes(live: LiveSite, slug: str, takes: bool) -> None:
    assert live.context.takes_votes(slug) is takes


def test_a_form_for_another_model_is_no_form(live: LiveSite) -> None:
    make_site(live.out, **{"models__other__index.html": model_page(SLUG)})
    assert not live.context.takes_votes("other")


def test_the_salt_is_asked_for_once_a_day(live: LiveSite) -> None:
    salts = Salts(live.context.records)
    day = dt.date(2026, 5, 12)
    first = salts.of(day)
    assert salts.of(day) == first
    assert salts.of(day + dt.timedelta(days=1)) != first
    url = f"sqlite:///{live.context.records.reading().address}"
    assert len(rows(url, "SELECT * FROM salts")) == 1


def test_it_answers_to_its_own_names(live: LiveSite) -> None:
    assert live.context.answers_to("localhost")
    assert not live.context.answers_to("evil.example")
    assert not live.context.is_https
