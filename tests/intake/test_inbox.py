import asyncio
import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from filelock import FileLock

from panel.errors import BusyError, InputError
from panel.intake.address import Guard
from panel.intake.fetch import Fetcher
from panel.intake.inbox import FIRST_WAIT, LONGEST_WAIT, Inbox, Polled
from tests.intake.test_feeds import ATOM, RSS
from tests.intake.website import Page, Website

NOW = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)


def poll(folder: Path, site: Website, *paths: str, at: dt.datetime = NOW) -> list[Polled]:
    inbox = Inbox(folder / "inbox.json", at)
    wanted = [f"{site.url}{path}" for path in paths or ("/feed",)]
    return asyncio.run(inbox.poll(wanted, Fetcher(Guard([site.host]))))


def waiting(folder: Path) -> list[str]:
    return [entry.id for entry in Inbox(folder / "inbox.json", NOW).read().waiting]


def feed(body: str = RSS, **headers: str) -> Page:
    return Page(body.encode(), headers=headers)


def test_what_is_new_is_remembered_once(tmp_path: Path, site: Website) -> None:
    site.pages |= {"/feed": feed(), "/other": feed(ATOM)}
    polled = poll(tmp_path, site, "/feed", "/other", "/feed")
    assert [(one.state, one.seen) for one in polled] == [("new", 1), ("new", 1)]
    assert waiting(tmp_path) == ["nova-7"]
    assert len(site.paths) == 2


def test_an_unchanged_answer_is_not_sent_again(tmp_path: Path, site: Website) -> None:
    def answer(headers: Mapping[str, str]) -> Page:
        same = headers.get("if-none-match") == '"1"'
        assert same == (headers.get("if-modified-since") == "Mon, 04 May 2026 08:00:00 GMT")
        known = {"ETag": '"1"', "Last-Modified": "Mon, 04 May 2026 08:00:00 GMT"}
        return Page(status=304) if same else feed(**known)

    site.pages["/feed"] = answer
    states = [poll(tmp_path, site)[0].state for _ in range(3)]
    assert states == ["new", "unchanged", "unchanged"]
    assert waiting(tmp_path) == ["nova-7"]


def test_a_server_that_fails_is_left_alone_for_longer_each_time(
    tmp_path: Path, site: Website
) -> None:
    site.pages["/feed"] = Page(status=500)
    at, waits = NOW, list[dt.timedelta]()
    for _ in range(12):
        asked = len(site.paths)
        assert poll(tmp_path, site, at=at)[0].state == "failed"
        assert len(site.paths) == asked + 1
        assert poll(tmp_path, site, at=at + FIRST_WAIT / 2)[0].state == "waiting"
        until = Inbox(tmp_path / "inbox.json", at).read().watches[f"{site.url}/feed"].wait_until
        assert until is not None
        waits.append(until - at)
        at = until
    assert waits[:3] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]
    assert waits[-1] == LONGEST_WAIT
    site.pages["/feed"] = feed()
    assert poll(tmp_path, site, at=at)[0].state == "new"
    assert Inbox(tmp_path / "inbox.json", at).read().watches[f"{site.url}/feed"].failures == 0


@pytest.mark.parametrize("after", ["7200", "Mon, 04 May 2026 11:00:00 GMT"])
def test_a_server_says_when_to_come_back(tmp_path: Path, site: Website, after: str) -> None:
    site.pages["/feed"] = Page(status=429, headers={"retry-after": after})
    poll(tmp_path, site)
    assert poll(tmp_path, site, at=NOW + dt.timedelta(minutes=119))[0].state == "waiting"
    assert poll(tmp_path, site, at=NOW + dt.timedelta(minutes=121))[0].state == "failed"


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path, site: Website) -> None:
    site.pages["/feed"] = feed()
    polled = poll(tmp_path, site, "/none", "/feed")
    assert [one.state for one in polled] == ["failed", "new"]
    assert "no such page" in polled[0].note
    assert waiting(tmp_path) == ["nova-7"]


def test_what_leads_to_no_public_address_is_refused(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox.json", NOW)
    wanted = ["http://127.0.0.1:9/feed", "gopher://a"]
    polled = asyncio.run(inbox.poll(wanted, Fetcher(Guard())))
    assert [one.state for one in polled] == ["failed", "failed"]
    assert "no public address" in polled[0].note


def test_what_is_finished_does_not_come_back(tmp_path: Path, site: Website) -> None:
    site.pages["/feed"] = feed()
    poll(tmp_path, site)
    Inbox(tmp_path / "inbox.json", NOW).finish("nova-7")
    Inbox(tmp_path / "inbox.json", NOW).finish("nova-7")
    poll(tmp_path, site)
    assert waiting(tmp_path) == []


def test_two_polls_do_not_meet(tmp_path: Path, site: Website) -> None:
    with FileLock(tmp_path / "inbox.lock"), pytest.raises(BusyError, match="under way"):
        poll(tmp_path, site)
    assert site.paths == []


def test_a_file_changed_by_hand_is_told(tmp_path: Path) -> None:
    (tmp_path / "inbox.json").write_text('{"entries": 7}', encoding="utf-8")
    with pytest.raises(InputError, match="is no inbox"):
        Inbox(tmp_path / "inbox.json", NOW).read()


def test_a_new_workspace_has_an_empty_inbox(tmp_path: Path) -> None:
    assert waiting(tmp_path / "none") == []
