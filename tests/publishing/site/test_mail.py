import datetime as dt
from email import message_from_bytes
from email.policy import default

import pytest

from panel.domain.publication.weekly import weekly
from panel.errors import InputError
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.mail import (
    add_leave,
    confirm_letter,
    digest_letter,
    message,
    sender_address,
)
from tests.domain.publication.test_weekly import MONDAY, SUNDAY, entry, release
from tests.hostile.wordings import WORDINGS
from tests.publishing.site.test_digest_pages import HOSTILE, Names, digest_html

SITE = SiteInfo(name="Test", url="https://reviews.example/", votes=True)
NOON = dt.datetime(2026, 5, 18, 12, 0, tzinfo=dt.UTC)
WEEK = weekly([entry("a", release(12))], MONDAY, SUNDAY)
LINK = "https://reviews.example/unsubscribe/abc"


def test_a_digest_renders_in_mail_clients() -> None:
    html = digest_letter(SITE, WEEK, leave=True).with_leave(LINK).html
    names = Names(html)
    assert not {"style", "link", "script", "table", "img"} & set(names.tags)
    assert names.attributes.count("style") > 10
    assert f'href="{LINK}"' in html
    assert 'href="https://reviews.example/models/a/"' in html
    assert 'href="https://reviews.example/digest/2026-w20/"' in html


def test_a_message_has_a_text_part_first() -> None:
    letter = digest_letter(SITE, WEEK, leave=True).with_leave(LINK)
    made = message(letter, "Our Digest <d@example.org>", "ana@example.org", NOON, "2026-w20.1")
    add_leave(made, LINK, "digest.reviews.example")
    read = message_from_bytes(made.as_bytes(), policy=default)
    assert [part.get_content_type() for part in read.walk()] == [
        *("multipart/alternative", "text/plain", "text/html"),
    ]
    assert read["To"] == "ana@example.org"
    assert read["Message-ID"] == "<2026-w20.1@example.org>"
    assert read["Date"].datetime == NOON
    assert read["List-Unsubscribe"] == f"<{LINK}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Subject"] == "Test: Week 20 of 2026. 1 new verdict."


def test_a_letter_in_a_file_has_no_link_to_leave() -> None:
    letter = digest_letter(SITE, WEEK, leave=False)
    assert "nsubscribe" not in letter.text + letter.html
    assert "To" not in message(letter, "d@example.org", "", NOON, "x")


@pytest.mark.parametrize("name", ["name", "vendor", "tagline"])
@pytest.mark.parametrize("words", [HOSTILE, "a\r\nBcc: all@example.org", "\u202ea\x00b"])
def test_no_name_adds_a_header_or_an_element(name: str, words: str) -> None:
    found = weekly([entry("a", release(12, note=words), **{name: words})], MONDAY, SUNDAY)
    site = SITE.model_copy(update={"name": words})
    letter = digest_letter(site, found, leave=True).with_leave(LINK)
    made = message(letter, "d@example.org", "ana@example.org", NOON, "x")
    read = message_from_bytes(made.as_bytes(), policy=default)
    assert "Bcc" not in read
    assert set(Names(letter.html).tags) <= {
        *("html", "head", "meta", "title", "body", "div", "p", "h1", "h2", "h3", "a", "span"),
        "strong",
    }
    assert not [one for one in Names(letter.html).attributes if one.startswith("on")]


def test_a_confirmation_names_its_link() -> None:
    letter = confirm_letter(SITE, "https://reviews.example/confirm/abc")
    assert "https://reviews.example/confirm/abc" in letter.text
    assert 'href="https://reviews.example/confirm/abc"' in letter.html


@pytest.mark.parametrize(
    ("sender", "shown"),
    [
        ("d@example.org", "d@example.org"),
        ("Our Digest <d@example.org>", "Our Digest <d@example.org>"),
        ('"Digest, weekly" <d@example.org>', '"Digest, weekly" <d@example.org>'),
    ],
)
def test_a_sender_may_have_a_name(sender: str, shown: str) -> None:
    assert str(sender_address(sender)) == shown


@pytest.mark.parametrize(
    "sender",
    ["", "nobody", "Name <>", "<d@example.org", "d@example.org\nBcc: a@b.org", "a b@c.org"],
)
def test_what_is_no_sender_is_told(sender: str) -> None:
    with pytest.raises(InputError, match="mail needs a sender"):
        sender_address(sender)


def test_a_long_link_stays_whole_in_its_header() -> None:
    link = "https://a-long-name.of-a-site.example.org/in/a/folder/unsubscribe/" + "x-_" * 20
    made = message(digest_letter(SITE, WEEK, leave=False), "d@example.org", "", NOON, "x")
    add_leave(made, link, "digest.example.org")
    assert f"List-Unsubscribe: <{link}>\r\n".encode() in made.as_bytes()
    assert max(len(line) for line in made.as_bytes().splitlines()) <= 998


def test_hostile_wordings_are_inert_on_page_and_in_mail() -> None:
    shapes: set[tuple[str, ...]] = set()
    for words in ("plain words", *WORDINGS):
        changes = dict.fromkeys(("name", "vendor", "tagline"), words)
        found = weekly([entry("a", release(12, note=words), **changes)], MONDAY, SUNDAY)
        letter = digest_letter(SITE, found, leave=False)
        page = digest_html(SITE.model_copy(update={"assets": {"site.css": "x.css"}}), found)
        read = [Names(letter.html), Names(page.decode())]
        shapes.add(tuple(name for one in read for name in (*one.tags, *one.attributes)))
        made = message(letter, "d@example.org", "", NOON, "x")
        assert len(message_from_bytes(made.as_bytes(), policy=default).keys()) == len(made.keys())
        assert letter.text.replace("\n", "").isprintable()
    assert len(shapes) == 1, "some words were read as markup"
