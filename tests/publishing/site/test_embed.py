"""The fragment for other sites: plain HTML that says who drafted, links back, and runs nothing."""

import pytest
from lxml.html import fragment_fromstring

from panel.publishing.site.embed import embed
from panel.testing import make_dossier
from tests.publishing.hostile import PAYLOADS
from tests.publishing.site.books import SITE, MemoryBook
from tests.publishing.site.published import make_published

TAGS = {"blockquote", "p", "strong", "ul", "li", "b", "cite", "a"}


def test_it_says_the_result_and_links_back() -> None:
    entry = MemoryBook([make_published("tern")]).entries["tern"]
    fragment = embed(SITE, entry)
    assert type(fragment) is str, "a page that shows it escapes it once more"
    found = fragment_fromstring(fragment)
    text = " ".join(found.text_content().split())
    assert "Tern" in text
    assert "Ship: 3 of 5 seats ship it (60 %, 95 % interval" in text
    assert "n = 5" in text
    assert "Drafted by AI personas, edited by a human" in text
    assert found.xpath("//a/@href") == [f"{SITE.url}models/tern/"]
    assert len(found.xpath("//li")) == 5


def test_without_an_address_there_is_nothing_to_link_to() -> None:
    entry = MemoryBook([make_published()]).entries["some-model"]
    assert embed(SITE.model_copy(update={"url": ""}), entry) == ""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_outside_text_stays_text(payload: str) -> None:
    dossier = make_dossier(slug="tern", name=payload, vendor=payload)
    entry = MemoryBook([make_published("tern", dossier=dossier)]).entries["tern"]
    seat = entry.seats[0].model_copy(update={"headline": payload})
    hostile = entry.model_copy(update={"seats": (seat, *entry.seats[1:])})
    found = fragment_fromstring(embed(SITE, hostile))
    assert {str(one.tag) for one in found.iter()} <= TAGS
    assert {name for one in found.iter() for name in one.attrib} <= {"href", "cite"}
    assert payload in str(found.xpath("string(//strong)"))
    assert payload in str(found.xpath("string(//li[1])"))
