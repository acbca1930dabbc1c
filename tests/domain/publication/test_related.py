"""Related models: rivals first, then the nearest of the same kind."""

import datetime as dt
from typing import Any

from panel.domain.publication.entry import Entry, entry_of
from panel.domain.publication.related import MOST, Related, plain
from panel.testing import make_dossier
from tests.publishing.site.published import make_published


def entry(slug: str, day: int, **dossier: Any) -> Entry:
    told: dict[str, Any] = {"name": slug.title(), "category": "Text", **dossier}
    made = make_dossier(slug=slug, released=dt.date(2026, 1, day), **told)
    return entry_of(make_published(slug, dossier=made))


def test_rivals_come_first_and_those_who_name_it_are_rivals_too() -> None:
    own = entry("own", 1, rivals=("Far Away 2", "Unknown"), name="Own 3.6")
    far = entry("far", 28, category="Images", name="far-away 2")
    naming = entry("naming", 27, category="Sound", rivals=("own 3.6",))
    near = entry("near", 2)
    related = Related([near, naming, far, own])
    assert [one.slug for one in related.of(own)] == ["far", "naming", "near"]
    assert [one.slug for one in related.rivals(own)] == ["far", "naming"]
    assert [one.slug for one in related.of(far)] == ["own"]


def test_neighbours_are_of_the_same_category_nearest_first_and_few() -> None:
    own = entry("own", 15)
    others = [entry(f"m{day:02}", day) for day in (1, 10, 14, 16, 17, 20, 28)]
    other_kind = entry("elsewhere", 15, category="Images")
    found = Related([*others, other_kind, own]).of(own)
    assert [one.slug for one in found] == ["m16", "m14", "m17", "m20", "m10", "m28"]
    assert len(found) == MOST


def test_the_order_in_which_models_come_in_is_no_matter() -> None:
    models = [entry(f"m{day}", day) for day in (3, 1, 2, 5)]
    one, two = Related(models), Related(reversed(models))
    assert [one.of(model) for model in models] == [two.of(model) for model in models]


def test_it_is_the_only_one() -> None:
    own = entry("own", 1, rivals=("Own",))
    assert Related([own]).of(own) == ()


def test_names_are_compared_by_letters_and_digits() -> None:
    assert plain("Qwen 3.6-27B") == plain("qwen3.6 27b")
    assert plain("模型") != plain("另一个")
