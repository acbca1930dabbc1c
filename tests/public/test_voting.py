"""Votes as browsers send them."""

from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from panel.domain.publication.votes import NETWORK_VISITORS
from panel.public.voting import VOTES_A_MINUTE
from panel.store.votes import VoteRuling
from tests.public.living import SLUG, LiveSite

PATH = f"/vote/{SLUG}"


def cast(reader: httpx2.Client, call: str = "ship", path: str = PATH) -> httpx2.Response:
    """Press a button of the form."""
    return reader.post(path, data={"call": call})


def test_a_vote_needs_no_script(live: LiveSite) -> None:
    reader = live.reader()
    answer = cast(reader)
    assert (answer.status_code, answer.headers["location"]) == (303, f"./{SLUG}")
    thanks = reader.get(str(answer.url.join(answer.headers["location"])))
    assert thanks.status_code == 200
    assert "Your vote: ship" in thanks.text
    assert "1 so far; shown from 20 votes on" in thanks.text
    assert thanks.headers["cache-control"] == "no-store"
    assert live.store.tallies()[SLUG].ships == 1


def test_two_hundred_parallel_votes_of_one_visitor_are_one_row(live: LiveSite) -> None:
    reader = live.reader()
    cookie = cast(reader).headers["set-cookie"].partition(";")[0]
    live.context.limits.take = lambda *_: 0  # type: ignore[method-assign]

    def again(number: int) -> int:
        headers = {"origin": live.address} | ({"cookie": cookie} if number % 2 else {})
        with httpx2.Client(base_url=live.address, headers=headers, timeout=60) as client:
            client.headers["user-agent"] = reader.headers["user-agent"]
            return cast(client).status_code

    with ThreadPoolExecutor(20) as threads:
        assert set(threads.map(again, range(200))) == {303}
    (vote,) = live.store.votes()
    assert (vote.seq, vote.call, vote.state) == (1, "ship", "counted")


def test_a_visitor_may_change_their_mind(live: LiveSite) -> None:
    reader = live.reader()
    cast(reader)
    cast(reader, "skip")
    tally = live.store.tallies()[SLUG]
    assert (tally.ships, tally.skips) == (0, 1)
    assert "Your vote: skip" in reader.get(PATH).text


def test_the_cookie_outlives_the_day(live: LiveSite) -> None:
    reader = live.reader()
    cookie = cast(reader).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    clock = live.context.clock
    clock.at = clock.at.replace(day=clock.at.day + 1)  # type: ignore[attr-defined]
    cast(reader, "skip")
    assert live.store.tallies()[SLUG].n == 1


@pytest.mark.parametrize("cookie", ["", "x", "x.y", "a" * 64 + "." + "0" * 64])
def test_a_cookie_that_is_not_ours_names_nobody(live: LiveSite, cookie: str) -> None:
    reader = live.reader(cookie=f"shipskip-visitor={cookie}")
    assert cast(reader).status_code == 303
    assert len(live.store.votes()) == 1


def test_many_visitors_of_one_network_are_held_back(live: LiveSite) -> None:
    for number in range(NETWORK_VISITORS + 3):
        assert cast(live.reader(**{"user-agent": f"bot {number}"})).status_code == 303
    assert live.store.tallies() == {}
    assert {vote.state for vote in live.store.votes()} == {"held"}


def test_one_network_may_not_send_without_end(live: LiveSite) -> None:
    reader = live.reader()
    found = [cast(reader).status_code for _ in range(VOTES_A_MINUTE + 2)]
    assert found == [303] * VOTES_A_MINUTE + [429] * 2
    answer = cast(reader)
    assert int(answer.headers["retry-after"]) >= 1
    assert "Too many at once" in answer.text


@pytest.mark.parametrize(
    "slug", ["nobody", "gone", "..%2f..", "a%00b", "<script>", "some-model%0a", "A" * 500, "votes"]
)
def test_only_models_with_a_form_take_votes(live: LiveSite, slug: str) -> None:
    reader = live.reader()
    answer = cast(reader, path=f"/vote/{slug}")
    assert answer.status_code in {404, 405}
    assert "<script>" not in answer.text
    assert reader.get(f"/votes/{slug}.json").status_code == 404
    assert live.store.votes() == []


@pytest.mark.parametrize("fields", [{}, {"call": "maybe"}, {"call": ""}, {"vote": "ship"}])
def test_a_vote_is_ship_or_skip(live: LiveSite, fields: dict[str, str]) -> None:
    assert live.reader().post(PATH, data=fields).status_code == 400
    assert live.store.votes() == []


def test_whoever_only_looks_gets_no_cookie(live: LiveSite) -> None:
    answer = live.reader().get(PATH)
    assert "Ship or skip?" in answer.text
    assert "set-cookie" not in answer.headers


def test_counts_are_shown_from_twenty_votes_on(live: LiveSite) -> None:
    reader = live.reader()
    before = reader.get(f"/votes/{SLUG}.json")
    assert before.json() == {"slug": SLUG, "n": 0, "shown": False, "least": 20}
    for number in range(20):
        cast(live.reader(**{"user-agent": f"reader {number}"}), "ship" if number < 15 else "skip")
    rulings = [
        VoteRuling(slug=SLUG, visitor=vote.visitor, act="release", by="ana", reason="a class")
        for vote in live.store.votes()
    ]
    with live.context.records.writing() as store:
        store.rule_on_votes(rulings)
    told = reader.get(f"/votes/{SLUG}.json").json()
    assert (told["n"], told["ships"], told["share"], told["method"]) == (20, 15, 0.75, "wilson")
    assert told["low"] < 0.75 < told["high"]
    assert "15</strong> of 20 readers would ship" in reader.get(PATH).text
