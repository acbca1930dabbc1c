"""Digests through a real mail server: to each subscriber once, whatever happens in between."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.mailing import Counts, Mailer, Post, confirmed, link_key, open_mailer, waiting
from panel.bootstrap.serving import PublicRecords, public_records
from panel.domain.publication.entry import entry_of
from panel.domain.publication.weekly import Weekly, weekly
from panel.errors import InputError, ShipskipError
from panel.publishing.site.info import SiteInfo
from panel.store.subscribers import Asked, Followed
from tests.mailbox import Mailbox, mailbox, make_certificate
from tests.public.living import make_house
from tests.publishing.site.published import make_published

NOON = dt.datetime(2026, 5, 18, 12, 0, tzinfo=dt.UTC)
SITE = SiteInfo(name="Test", url="https://reviews.example/", votes=True)
PEOPLE = ("ana@example.org", "bo@example.org", "cy@example.org")


@pytest.fixture
def found() -> Weekly:
    """A digest with one model."""
    entries = [entry_of(make_published("a-model"))]
    return weekly(entries, dt.date(2026, 5, 11), dt.date(2026, 5, 17))


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """A mail server."""
    with mailbox() as server:
        yield server


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A workspace."""
    return make_house(tmp_path / "work")


@pytest.fixture
def records(house: House) -> Iterator[PublicRecords]:
    """Three subscribers, and one who has not confirmed."""
    with public_records(house) as made:
        with made.writing() as store:
            for address in (*PEOPLE, "dee@example.org"):
                store.ask_subscription(Asked(address, address, NOON))
            for address in PEOPLE:
                store.confirm_subscription(Followed(address, NOON))
        yield made


def post(box: Mailbox) -> Post:
    """Hands mail to a server."""
    mailer = Mailer(f"smtp://127.0.0.1:{box.port}", "Digest <digest@example.org>")
    return Post(mailer, SITE, lambda: NOON)


def test_everybody_who_confirmed_gets_it_once(
    records: PublicRecords, box: Mailbox, found: Weekly
) -> None:
    assert waiting(records.reading(), found) == 3
    assert post(box).digest(records, found) == Counts(sent=3)
    assert sorted(box.to) == sorted(PEOPLE)
    assert post(box).digest(records, found) == Counts(before=3)
    assert len(box.mails) == 3
    assert waiting(records.reading(), found) == 0


def test_each_mail_has_a_link_of_its_own(
    records: PublicRecords, box: Mailbox, found: Weekly
) -> None:
    post(box).digest(records, found)
    links = {str(mail["List-Unsubscribe"]).strip("<>") for _, mail in box.mails}
    assert len(links) == 3
    for _, mail in box.mails:
        link = str(mail["List-Unsubscribe"]).strip("<>")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Id"] == "<digest.reviews.example>"
        for kind in ("plain", "html"):
            body = mail.get_body((kind,))
            assert body
            assert link in body.get_content()
    token = links.pop().rpartition("/")[2]
    with records.writing() as store:
        assert store.unsubscribe(Followed(link_key(token), NOON))
        assert len(confirmed(store)) == 2


def test_a_mail_that_was_not_taken_is_tried_again(
    records: PublicRecords, box: Mailbox, found: Weekly
) -> None:
    box.refuses = {PEOPLE[0]: "451 later", PEOPLE[1]: "550 nobody here"}
    assert post(box).digest(records, found) == Counts(sent=1, refused=1, failed=1)
    box.refuses = {}
    assert waiting(records.reading(), found) == 1
    assert post(box).digest(records, found) == Counts(sent=1, before=1, refused=1)
    assert sorted(box.to) == [PEOPLE[0], PEOPLE[2]]


def test_whoever_may_have_got_it_does_not_get_it_again(
    records: PublicRecords, box: Mailbox, found: Weekly
) -> None:
    box.hangs_up_on = PEOPLE[1]
    with pytest.raises(ShipskipError, match="in the middle of a mail -> send again"):
        post(box).digest(records, found)
    box.hangs_up_on = ""
    counts = post(box).digest(records, found)
    assert counts.unknown == 1
    assert counts.sent + counts.before == 2
    assert len(set(box.to)) == len(box.to) == 2


def test_a_confirmation_goes_to_its_address(box: Mailbox) -> None:
    assert post(box).confirm(PEOPLE[0], "secret-of-the-link")
    ((to, mail),) = box.mails
    assert to == [PEOPLE[0]]
    assert "https://reviews.example/confirm/secret-of-the-link" in mail.as_string()
    box.refuses = {PEOPLE[1]: "550 no"}
    assert not post(box).confirm(PEOPLE[1], "x")


@pytest.mark.parametrize("implicit", [False, True])
def test_a_password_travels_over_tls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, implicit: bool
) -> None:
    certificate = make_certificate(tmp_path)
    with mailbox(certificate, implicit=implicit) as box:
        scheme = "smtps" if implicit else "smtp"
        url = f"{scheme}://ana%40x@127.0.0.1:{box.port}"
        mailer = Mailer(url, "d@example.org", "open sesame")
        with pytest.raises(ShipskipError, match="certificate"), mailer.connected():
            pass
        assert box.logins == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert Post(mailer, SITE, lambda: NOON).confirm(PEOPLE[0], "x")
        assert box.logins == [("ana@x", "open sesame")]
        wrong = Mailer(url, "d@example.org", "open barley")
        with (
            pytest.raises(ShipskipError, match="it answered 535 -> check smtp_url"),
            wrong.connected(),
        ):
            pass


def test_a_password_is_not_sent_in_the_clear(box: Mailbox) -> None:
    mailer = Mailer(f"smtp://ana@127.0.0.1:{box.port}", "d@example.org", "open sesame")
    with pytest.raises(ShipskipError, match="does not take mail"), mailer.connected():
        pass
    assert box.logins == []


def test_a_server_that_is_not_there_is_told(box: Mailbox) -> None:
    mailer = Mailer("smtp://127.0.0.1:1", "d@example.org")
    with pytest.raises(ShipskipError, match=r"127\.0\.0\.1:1 does not"), mailer.connected():
        pass


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "no mail server is set"),
        ({"smtp_url": "smtp://127.0.0.1"}, "mail_from is not set"),
        ({"smtp_url": "smtp://127.0.0.1:99999", "mail_from": "d@example.org"}, "smtp_url: "),
        ({"smtp_url": "smtp://127.0.0.1", "mail_from": "nobody"}, "is no mail address"),
    ],
)
def test_what_mail_needs_is_told(tmp_path: Path, settings: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        open_mailer(make_house(tmp_path / "other", **settings), {})
