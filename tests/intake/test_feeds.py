import datetime as dt
import json

import pytest

from panel.domain.intake.reading import Trouble
from panel.domain.intake.release import Sighting
from panel.intake.cards import HUB_VARIABLE
from panel.intake.feeds import address_of, sightings

DAY = dt.date(2026, 5, 4)
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<item><title>Acme releases Nova-7</title><link>https://wire.example/nova</link>
<pubDate>Mon, 04 May 2026 09:00:00 GMT</pubDate></item>
<item><title>Our weekly letter</title><link>https://wire.example/letter</link></item>
<item><title>Tencent ships Hy-MT2</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry>
<title>Acme releases Nova-7</title><link href="https://wire.example/nova"/>
<updated>2026-05-04T09:00:00Z</updated></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "title": "Acme releases Nova-7",
                "url": "https://wire.example/nova",
                "date_published": "2026-05-04T09:00:00Z",
            },
            {"title": None, "url": 7},
        ],
    }
)


def found(body: str, subscription: str, url: str = "https://a.example/m") -> list[Sighting]:
    seen = sightings(body.encode(), subscription, url)
    assert not isinstance(seen, Trouble)
    return list(seen)


@pytest.mark.parametrize("body", [RSS, ATOM, JSON_FEED])
def test_headlines_that_name_a_model_are_sightings(body: str) -> None:
    (one,) = found(body, "https://wire.example/feed")
    assert (one.name, one.address, one.published) == ("Nova-7", "https://wire.example/nova", DAY)
    assert one.seen_in == "https://wire.example/feed"


def test_the_models_of_an_organisation_are_sightings() -> None:
    models = [
        {"id": "acme/Nova-7", "createdAt": "2026-05-04T09:00:00.000Z"},
        {"modelId": "acme/Nova-8"},
        {"id": "acme/secret", "private": True},
        {"id": 7},
        "nothing",
    ]
    first, second = found(json.dumps(models), "hf:acme")
    assert (first.name, first.vendor, first.address, first.published) == (
        "Nova-7", "acme", "hf:acme/Nova-7", DAY,
    )  # fmt: skip
    assert second.address == "hf:acme/Nova-8"


def test_the_models_of_a_list_are_sightings() -> None:
    body = json.dumps(
        {"data": [{"id": "acme/nova-7", "name": "Acme: Nova 7", "created": 1777885200}]}
    )
    (one,) = found(body, "openrouter")
    assert (one.name, one.vendor, one.address) == ("Nova 7", "acme", "openrouter:acme/nova-7")
    (one,) = found(body, "https://a.example/m")
    assert one.address == "https://a.example/m#acme/nova-7"


@pytest.mark.parametrize(
    "body", ["", "hello", "<html><p>Hello", '{"a": 1}', "[", "[" * 99_999, "7"]
)
def test_what_is_no_feed_is_named(body: str) -> None:
    seen = sightings(body.encode(), "https://a.example/", "https://a.example/")
    assert isinstance(seen, Trouble)
    assert "watch" in seen.remedy


def test_entities_of_a_feed_are_not_opened() -> None:
    hostile = (
        "<?xml version='1.0'?><!DOCTYPE f [<!ENTITY x SYSTEM 'file:///etc/hosts'>]>"
        "<rss version='2.0'>"
        "<channel><item><title>Nova-7 &x;</title><link>https://a.example/</link></item></channel></rss>"
    )
    seen = sightings(hostile.encode(), "https://a.example/", "https://a.example/")
    assert isinstance(seen, Trouble) or "localhost" not in str(seen)


def test_what_strangers_write_is_cut_to_size() -> None:
    body = json.dumps([{"id": "acme/" + "x" * 9999}, {"id": "acme/a\u202eb"}])
    (one,) = found(body, "hf:acme")
    assert one.name == "ab"


@pytest.mark.parametrize(
    ("subscription", "address"),
    [
        ("https://wire.example/feed", "https://wire.example/feed"),
        ("openrouter", "https://openrouter.ai/api/v1/models"),
        (
            "hf:acme",
            "https://hub.example/api/models?author=acme&sort=createdAt&direction=-1&limit=100",
        ),
        ("hf:", None),
        ("hf:a/b", None),
        ("ftp://a.example/", None),
        ("", None),
    ],
)
def test_a_subscription_leads_to_its_address(
    subscription: str, address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HUB_VARIABLE, "https://hub.example/")
    leads = address_of(subscription)
    assert leads == address if address else isinstance(leads, Trouble)
