import socket
import threading
from pathlib import Path

import pytest

from panel.bootstrap.serving import public_records
from panel.bootstrap.sockets import bound
from panel.errors import InputError, ShipskipError
from panel.public.serving import Wanted, opened
from tests.public.living import SLUG, Clock, living, make_house, make_site


def test_a_site_has_to_be_built_first(tmp_path: Path) -> None:
    with (
        pytest.raises(InputError, match=r"out holds no site -> build it with `shipskip publish"),
        opened(make_house(tmp_path / "work"), Wanted(tmp_path / "out"), {}),
    ):
        pass


def test_a_site_seen_from_outside_needs_its_address(tmp_path: Path) -> None:
    out = make_site(tmp_path / "out")
    with (
        pytest.raises(InputError, match="needs to know its address -> set site_url"),
        opened(make_house(tmp_path / "work"), Wanted(out, "0.0.0.0", 0), {}),
    ):
        pass
    house = make_house(tmp_path / "other", site_url="https://reviews.example/x")
    with opened(house, Wanted(out, "127.0.0.2", 0), {}) as site:
        assert site.address == "https://reviews.example/x/"
        assert site.context.answers_to("reviews.example")
        assert not site.context.answers_to("127.0.0.2")
        assert site.behind_proxy


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    out = make_site(tmp_path / "out")
    with (
        pytest.raises(InputError, match="SHIPSKIP_PUBLIC_SECRET needs at least 32"),
        opened(make_house(tmp_path / "work"), Wanted(out, port=0), {"SHIPSKIP_PUBLIC_SECRET": "x"}),
    ):
        pass


def test_a_visitor_is_known_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    house, out = make_house(tmp_path / "work"), make_site(tmp_path / "out")
    with living(house, out, clock=clock) as first:
        answer = first.reader().post(f"/vote/{SLUG}", data={"call": "ship"})
        cookie = answer.headers["set-cookie"].partition(";")[0]
    clock.at = clock.at.replace(day=13)
    with living(house, out, clock=clock) as second:
        second.reader(cookie=cookie).post(f"/vote/{SLUG}", data={"call": "skip"})
        assert second.store.tallies()[SLUG].n == 1


def test_a_port_that_is_taken_is_told() -> None:
    with bound("127.0.0.1", 0) as door:
        door.listen()
        port = door.getsockname()[1]
        with pytest.raises(ShipskipError, match="--port"), bound("127.0.0.1", port):
            pass


def test_answers_do_not_wait_to_be_sent_together() -> None:
    with bound("127.0.0.1", 0) as door:
        assert door.proto == socket.IPPROTO_TCP, "asyncio sets TCP_NODELAY on no other"


def test_only_a_proxy_on_this_machine_is_believed(tmp_path: Path) -> None:
    out, votes = make_site(tmp_path / "out"), 8
    for settings, held in (({}, True), ({"site_url": "http://127.0.0.1:9"}, False)):
        house = make_house(tmp_path / f"work-{held}", **settings)
        with living(house, out) as site:
            for number in range(votes):
                reader = site.reader(**{"x-forwarded-for": f"198.51.{number}.1"})
                reader.headers["user-agent"] = f"reader {number}"
                assert reader.post(f"/vote/{SLUG}", data={"call": "ship"}).status_code == 303
            states = {vote.state for vote in site.store.votes()}
            assert states == ({"held"} if held else {"counted"})


def test_other_commands_get_their_turn_to_write(tmp_path: Path) -> None:
    house, out = make_house(tmp_path / "work"), make_site(tmp_path / "out")
    with living(house, out) as site:
        over, faults = threading.Event(), list[str]()

        def vote() -> None:
            reader = site.reader()
            site.context.limits.take = lambda *_: 0  # type: ignore[method-assign]
            calls = ("ship", "skip")
            while not over.is_set():
                calls = calls[::-1]
                answer = reader.post(f"/vote/{SLUG}", data={"call": calls[0]})
                if answer.status_code != 303:
                    faults.append(answer.text)

        voting = threading.Thread(target=vote)
        voting.start()
        for _ in range(5):
            with public_records(house) as records, records.writing() as store:
                store.take_secret("x")
        over.set()
        voting.join()
        assert faults == []
