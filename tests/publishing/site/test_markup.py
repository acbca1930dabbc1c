"""Data for search engines: honest, and unable to leave its script element."""

import json
from typing import Any

import pytest
from markupsafe import Markup

from panel.publishing.site.markup import comparison_markup, model_markup, site_markup
from panel.testing import make_dossier
from tests.publishing.hostile import PAYLOADS
from tests.publishing.site.books import SITE, MemoryBook
from tests.publishing.site.published import make_published

NOWHERE = SITE.model_copy(update={"url": ""})
RATINGS = ("aggregateRating", "reviewRating", "ratingValue", "starRating")


def data(markup: Markup | None) -> dict[str, Any]:
    """What a search engine reads."""
    assert markup is not None
    found: dict[str, Any] = json.loads(markup)
    assert found["@context"] == "https://schema.org"
    return found


def test_a_model_is_an_editorial_that_ai_drafted_and_people_edited() -> None:
    found = data(model_markup(SITE, make_published("tern")))
    assert found["@type"] == "Review"
    assert found["url"] == f"{SITE.url}models/tern/"
    assert found["author"]["@type"] == "Organization"
    assert found["editor"] == [{"@type": "Person", "name": "Ana Roy"}]
    assert found["creditText"] == "Drafted by a panel of AI personas, edited by Ana Roy"
    assert found["digitalSourceType"].endswith("TrainedAlgorithmicMedia")
    assert found["itemReviewed"]["name"] == "Tern"
    assert found["isBasedOn"]
    assert all(word not in json.dumps(found) for word in RATINGS)


def test_a_comparison_is_the_same_both_ways() -> None:
    one, two = MemoryBook([make_published("heron"), make_published("tern")]).entries.values()
    found = data(comparison_markup(SITE, one, two))
    assert comparison_markup(SITE, two, one) == comparison_markup(SITE, one, two)
    assert found["@type"] == "Article"
    assert found["isBasedOn"] == [f"{SITE.url}models/{slug}/" for slug in ("heron", "tern")]
    assert all(word not in json.dumps(found) for word in RATINGS)


def test_drafts_and_sites_without_address_say_nothing() -> None:
    entry = MemoryBook([make_published()]).entries["some-model"]
    assert model_markup(SITE, make_published(kind="draft")) is None
    assert model_markup(NOWHERE, make_published()) is None
    assert comparison_markup(NOWHERE, entry, entry) is None
    assert site_markup(NOWHERE) is None
    assert data(site_markup(SITE))["url"] == SITE.url


@pytest.mark.parametrize("payload", [*PAYLOADS, "</script><!--", "line\u2028end"])
def test_no_text_ends_the_script(payload: str) -> None:
    dossier = make_dossier(slug="tern", name="Tern", tagline="Plain")
    dossier = dossier.model_copy(update={"name": payload, "vendor": payload, "summary": payload})
    published = make_published("tern", dossier=dossier, edited_by=(payload,))
    markup = model_markup(SITE, published)
    assert markup is not None
    assert not set("<>&\u2028\u2029") & set(markup)
    shown = payload.replace("\u2028", " ")
    assert data(markup)["reviewBody"] == shown
    assert data(markup)["editor"][0]["name"] == shown
