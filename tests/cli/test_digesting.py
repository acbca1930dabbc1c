"""The digest leaves the house: printed, as a file, and through a real mail server."""

import json
from collections.abc import Iterator
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.serving import public_records, utc_now
from panel.errors import Exit
from panel.store.subscribers import Asked, Followed
from tests.cli.conftest import Command
from tests.domain.editing.papers import NOON
from tests.editing.desk import Desk
from tests.mailbox import Mailbox, mailbox

DAY = NOON.date().isoformat()
DAYS = ("--since", DAY, "--until", DAY)
ANA = "ana@example.org"


@pytest.fixture
def box(workspace: Path) -> Iterator[Mailbox]:
    """A mail server that this workspace uses."""
    with mailbox() as found:
        settings = f'site_url = "https://reviews.example"\nmail_from = "d@example.org"\nsmtp_url = "smtp://127.0.0.1:{found.port}"\n'
        (workspace / "shipskip.toml").write_text(settings, encoding="utf-8")
        yield found


@pytest.fixture
def published(workspace: Path) -> str:
    """A model that went live; its slug."""
    with House.open(workspace).store(write=True) as store:
        desk = Desk(store)
        desk.publish()
        return desk.ref.slug


@pytest.fixture
def subscribed(workspace: Path) -> None:
    """Somebody who gets the digest."""
    with public_records(House.open(workspace)) as records, records.writing() as store:
        store.ask_subscription(Asked(ANA, "k", utc_now()))
        store.confirm_subscription(Followed("k", utc_now()))


def test_it_is_printed_as_text_and_json(shipskip: Command, published: str) -> None:
    done = shipskip("digest", *DAYS)
    assert done.code == Exit.DONE, done.err
    assert "New verdicts" in done.out
    assert f"models/{published}/" in done.out
    plain = shipskip("digest", *DAYS, "--format", "json").json
    assert [item["slug"] for item in plain["new"]] == [published]
    assert (plain["name"], plain["flips"]) == (f"{DAY}--{DAY}", [])


def test_without_an_end_it_goes_on_until_today(shipskip: Command, published: str) -> None:
    found = shipskip("digest", "--since", "2020-01-01", "--format", "json").json
    assert found["until"] >= utc_now().date().isoformat()


@pytest.mark.usefixtures("published", "box")
def test_it_is_written_as_a_message(shipskip: Command, workspace: Path) -> None:
    done = shipskip("digest", *DAYS, "--format", "eml", "--out", "digest.eml")
    assert (done.out, "wrote digest.eml" in done.err) == ("", True)
    text = (workspace / "digest.eml").read_text(encoding="utf-8")
    made = message_from_string(text, policy=default)
    assert (made["From"], made["To"]) == ("d@example.org", None)
    html = shipskip("digest", *DAYS, "--format", "html").out
    assert "https://reviews.example/models/" in html
    nowhere = shipskip("digest", *DAYS, "--out", "no/such/folder.txt")
    assert nowhere.code == Exit.BAD_INPUT


@pytest.mark.usefixtures("published", "subscribed")
def test_it_is_sent_once(shipskip: Command, box: Mailbox) -> None:
    dry = shipskip("digest", *DAYS, "--send", "--dry-run")
    assert dry.out == f"{DAY}--{DAY}: to be sent to 1 subscriber\n"
    assert box.mails == []
    assert shipskip("digest", *DAYS, "--send").out == f"{DAY}--{DAY}: 1 sent\n"
    assert box.to == [ANA]
    again = shipskip("digest", *DAYS, "--send")
    assert again.out == f"{DAY}--{DAY}: to be sent to 0 subscribers\n"
    assert len(box.mails) == 1
    assert ANA not in dry.out + dry.err + again.out + again.err


@pytest.mark.usefixtures("published", "subscribed")
def test_what_was_put_off_is_told_without_an_address(shipskip: Command, box: Mailbox) -> None:
    box.refuses[ANA] = f"451 {ANA} is busy"
    done = shipskip("digest", *DAYS, "--send")
    assert (done.code, done.out) == (Exit.ERROR, f"{DAY}--{DAY}: 1 put off\n")
    assert ANA not in done.err
    box.refuses = {}
    assert shipskip("digest", *DAYS, "--send").out == f"{DAY}--{DAY}: 1 sent\n"


@pytest.mark.usefixtures("subscribed", "published")
def test_an_empty_digest_is_not_sent(shipskip: Command, box: Mailbox) -> None:
    done = shipskip("digest", "--since", "2020-01-01", "--until", "2020-01-02", "--send")
    assert (done.code, done.out, box.mails) == (Exit.DONE, "", [])
    assert "nothing was published" in done.err


@pytest.mark.usefixtures("published", "box")
def test_where_nobody_subscribed_nobody_gets_it(shipskip: Command) -> None:
    assert "to 0 subscribers" in shipskip("digest", *DAYS, "--send").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--since", "monday"), "--since 'monday' is no day"),
        (("--since", "2026-05-12", "--until", "x"), "--until 'x' is no day"),
        (("--since", "2026-05-12", "--until", "2026-05-11"), "lies before --since"),
        (("--since", "2026-05-12", "--format", "pdf"), "choose one of text, html, eml, json"),
        (("--since", "2026-05-12", "--format", "html"), "set site_url"),
        (("--since", "2026-05-12", "--send"), "set site_url"),
    ],
)
def test_what_is_wrong_is_told(
    shipskip: Command, published: str, arguments: tuple[str, ...], words: str
) -> None:
    done = shipskip("digest", *arguments)
    assert done.code == Exit.BAD_INPUT
    assert words in done.err


def test_a_form_is_json_all_through(shipskip: Command, published: str) -> None:
    assert json.loads(shipskip("digest", *DAYS, "--format", "json").out)["gone"] == []
