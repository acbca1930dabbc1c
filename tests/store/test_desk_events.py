"""The log is told in order, whole or in parts, and cannot be changed."""

import pytest

from panel.store import desk_events
from panel.store.store import Store
from tests.databases import dump, rows
from tests.store import desk_values as d


def test_lines_come_back_in_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_events, "_PAGE", 3)
    made = [
        d.event("export", f"run/{n % 2}", at=d.at(-n), before="a", after="b", reason="\x00 why")
        for n in range(8)
    ]
    for event in made:
        store.add_event(event)
    found = list(store.events())
    assert [event.model_copy(update={"seq": 0}) for event in found] == made
    assert sorted({event.seq for event in found}) == [event.seq for event in found]
    assert list(store.events(found[4].seq)) == found[5:]
    for limit in (0, 1, 3, 4, 99):
        assert list(store.events(limit=limit)) == found[:limit]
    assert list(store.events(subject="run/1")) == found[1::2]
    assert list(store.events(found[1].seq, 2, subject="run/1")) == [found[3], found[5]]


@pytest.mark.parametrize("change", ["UPDATE events SET reason = ''", "DELETE FROM events"])
def test_the_database_refuses_to_change_the_log(store: Store, url: str, change: str) -> None:
    store.add_event(d.event())
    before = dump(url)
    with pytest.raises(Exception, match="events are never changed"):
        rows(url, change)
    assert dump(url) == before


def test_postgresql_refuses_to_empty_the_log(postgres_url: str) -> None:
    with pytest.raises(Exception, match="events are never changed"):
        rows(postgres_url, "TRUNCATE events")
