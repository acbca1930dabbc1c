"""Double opt-in and one-click leave, through a real mail server."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from panel.domain.publication.mail import CONFIRM_LENGTH
from panel.public.subscribing import ASKS_AN_HOUR
from tests.mailbox import Mailbox, mailbox
from tests.public.living import Clock, LiveSite, living, make_house, make_site

ANA = "ana@example.org"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """A mail server."""
    with mailbox() as found:
        yield found


@pytest.fixture
def live(tmp_path: Path, box: Mailbox, clock: Clock) -> Iterator[LiveSite]:
    """A server that sends mail."""
    url = f"smtp://127.0.0.1:{box.port}"
    house = make_house(tmp_path / "work", smtp_url=url, mail_from="Digest <digest@example.org>")
    with living(house, make_site(tmp_path / "out"), clock=clock) as found:
        yield found


def ask(reader: httpx2.Client, address: str = ANA) -> httpx2.Response:
    """Send the form."""
    return reader.post("/subscribe", data={"address": address})


def link_in(box: Mailbox, at: int = -1, word: str = "confirm") -> str:
    """Path of a link in a mail's plain text."""
    body = box.mails[at][1].get_body(("plain",))
    assert body
    found = re.search(rf"http://[^/]+(/{word}/\S+)", body.get_content())
    assert found
    return found[1]


def test_nobody_gets_the_digest_who_did_not_confirm(live: LiveSite, box: Mailbox) -> None:
    reader = live.reader()
    assert "Look into your mail" in ask(reader).text
    box.wait_for(1)
    (to, mail), link = box.mails[0], link_in(box)
    assert (to, mail["To"]) == ([ANA], ANA)
    assert str(mail["From"]) == "Digest <digest@example.org>"
    page = reader.get(link)
    assert '<form method="post"' in page.text
    assert [one.confirmed for one in live.store.subscribers()] == [None]
    assert "You get the weekly digest" in reader.post(link).text
    assert [one.address for one in live.store.subscribers() if one.confirmed] == [ANA]
    assert reader.post(link).status_code == 200


def test_the_page_does_not_tell_who_is_subscribed(live: LiveSite, box: Mailbox) -> None:
    reader = live.reader()
    first = ask(reader)
    box.wait_for(1)
    reader.post(link_in(box))
    again = ask(reader)
    assert (again.status_code, again.text) == (first.status_code, first.text)
    ask(reader, "bo@example.org")
    box.wait_for(2)
    assert box.to == [ANA, "bo@example.org"]


def test_a_link_holds_two_days(live: LiveSite, box: Mailbox, clock: Clock) -> None:
    reader = live.reader()
    ask(reader)
    box.wait_for(1)
    clock.at += CONFIRM_LENGTH * 2
    answer = reader.post(link_in(box))
    assert answer.status_code == 410
    assert "Subscribe again" in answer.text


def test_one_click_ends_it(live: LiveSite, box: Mailbox) -> None:
    reader = live.reader()
    ask(reader)
    box.wait_for(1)
    mail = box.mails[0][1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(mail["List-Unsubscribe"]).strip("<>")
    reader.post(link_in(box))
    assert reader.get(link).status_code == 200
    assert len(live.store.subscribers()) == 1, "a program that follows links unsubscribes nobody"
    provider = httpx2.post(link, data={"List-Unsubscribe": "One-Click"})
    assert "You get no more mail" in provider.text
    assert live.store.subscribers() == ()
    assert httpx2.post(link, files={"List-Unsubscribe": b"One-Click"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        *("", "ana", "ana@example.org\r\nBcc: bo@example.org", "ana@example.org,bo@example.org"),
        *(
            "<script>@example.org",
            "ana@localhost",
            "a" * 300 + "@example.org",
            "ana@ex\u00e4mple.org",
        ),
    ],
)
def test_only_plain_addresses_are_taken(live: LiveSite, box: Mailbox, address: str) -> None:
    answer = ask(live.reader(), address)
    assert answer.status_code == 400
    assert "<script>@" not in answer.text
    assert live.store.subscribers() == ()
    assert box.mails == []


def test_one_network_cannot_have_everybody_asked(live: LiveSite) -> None:
    reader = live.reader()
    found = [ask(reader, f"a{n}@example.org").status_code for n in range(ASKS_AN_HOUR + 1)]
    assert found == [200] * ASKS_AN_HOUR + [429]


@pytest.mark.parametrize("word", ["confirm", "unsubscribe"])
@pytest.mark.parametrize("token", ["x", "x" * 32, "<script>", "a%0ab" * 5, "x" * 100])
def test_a_link_of_nobody_does_nothing(live: LiveSite, word: str, token: str) -> None:
    reader = live.reader()
    answer = reader.post(f"/{word}/{token}")
    assert answer.status_code in {404, 410}
    assert "<script>" not in answer.text


def test_a_form_elsewhere_subscribes_nobody(live: LiveSite) -> None:
    assert ask(live.reader(origin="http://evil.example")).status_code == 403
    assert live.store.subscribers() == ()


def test_a_mail_server_that_is_away_is_not_told_to_readers(live: LiveSite, box: Mailbox) -> None:
    box.refuses[ANA] = "550 nobody here"
    assert "Look into your mail" in ask(live.reader()).text


def test_a_site_without_a_mail_server_takes_no_addresses(tmp_path: Path) -> None:
    out = make_site(tmp_path / "silent")
    with living(make_house(tmp_path / "silent-work"), out) as silent:
        answer = ask(silent.reader())
        assert answer.status_code == 503
        assert "sends no mail" in answer.text
