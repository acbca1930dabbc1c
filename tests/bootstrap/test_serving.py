"""The public database is written by many in turn, and read meanwhile."""

import threading
from pathlib import Path

import pytest

from panel.bootstrap.serving import PublicRecords, public_records, site_info, utc_now
from panel.errors import BusyError, EmptyError
from panel.publishing.site.assets import assets
from tests.public.living import make_house


def test_writing_and_reading_go_together(tmp_path: Path) -> None:
    house = make_house(tmp_path / "work")
    with public_records(house) as records:
        with pytest.raises(EmptyError):
            records.reading()
        with records.writing() as store:
            secret = store.take_secret("x")
        with records.writing() as outer, records.writing() as inner:
            assert outer is inner
            assert inner.take_secret("x") == secret
        reader = records.reading()
        assert records.reading() is reader
        with public_records(house) as others, others.writing() as store:
            assert store.take_secret("x") == secret
        assert reader.tallies() == {}


def test_two_processes_take_turns(tmp_path: Path) -> None:
    house = make_house(tmp_path / "work")
    ours, theirs = PublicRecords(house), PublicRecords(house)
    done: list[str] = []
    taken, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with theirs.writing():
            taken.set()
            let_go.wait()
            done.append("theirs")

    thread = threading.Thread(target=hold)
    thread.start()
    taken.wait()
    with pytest.raises(BusyError), PublicRecords(house, patience=0).writing():
        pass
    let_go.set()
    with ours.writing():
        done.append("ours")
    thread.join()
    assert done == ["theirs", "ours"]
    ours.close()
    theirs.close()


def test_many_threads_write_at_once(tmp_path: Path) -> None:
    with public_records(make_house(tmp_path / "work")) as records:
        found: list[str] = []

        def write() -> None:
            for _ in range(10):
                with records.writing() as store:
                    found.append(store.take_secret("x"))

        threads = [threading.Thread(target=write) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(found), len(set(found))) == (80, 1)


def test_the_server_takes_votes(tmp_path: Path) -> None:
    house = make_house(tmp_path / "work", site_name="Reviews", site_contact="a@b.example")
    site = site_info(house, "https://x.example/")
    assert (site.name, site.url, site.contact) == ("Reviews", "https://x.example/", "a@b.example")
    assert (site.votes, site.preview, site.assets) == (True, False, assets())
    assert utc_now().tzinfo is not None


def test_a_server_is_shared_by_all(tmp_path: Path, postgres_url: str) -> None:
    house = make_house(tmp_path / "work", public_database_url=postgres_url)
    with public_records(house) as ours, public_records(house) as theirs:
        with ours.writing() as store:
            secret = store.take_secret("x")
            with theirs.writing() as other:
                assert other.take_secret("x") == secret
        with ours.writing() as again:
            assert again is store, "a server needs no turns, so what is open stays open"
        assert theirs.reading().tallies() == {}
