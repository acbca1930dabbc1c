"""Parts of a working copy: each page its own, kept and dropped without touching another's."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from panel.desk.copies import Part, drop_part, keep_part, part_of, parts_of, typing
from panel.errors import StaleError
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    desk.user("editor", "ana")
    return Drafted(desk)


def part(page: str = "head", key: str = "k1", nth: str = "", **form: str) -> Part:
    return Part(page=page, base=0, key=key, nth=nth, at=NOW, form=form or {"summary": "One."})


def test_a_part_comes_back_as_it_was_kept(desk: LiveDesk, draft: Drafted) -> None:
    kept = keep_part(desk.context.store, draft.ref, "ana", part(summary="One | two\r\n|base"))
    assert part_of(desk.context.store, draft.ref, "ana", "head") == kept
    assert part_of(desk.context.store, draft.ref, "ben", "head") is None
    assert parts_of(None) == {}


def test_pages_kept_in_the_same_moment_are_all_kept(desk: LiveDesk, draft: Drafted) -> None:
    store, pages = desk.context.store, [f"p{at}.1" for at in range(4)]

    def keep(page: str) -> Part:
        return keep_part(store, draft.ref, "ana", part(page, **{f"{page}.quote": page}))

    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(keep, pages))
    found = parts_of(store.working_copy(draft.ref.run, draft.ref.slug, "ana"))
    assert found == dict(zip(pages, kept, strict=True))


def test_only_who_wrote_or_took_over_a_part_replaces_it(desk: LiveDesk, draft: Drafted) -> None:
    store = desk.context.store
    first = keep_part(store, draft.ref, "ana", part())
    taken = keep_part(store, draft.ref, "ana", part(key="k2", nth=first.nth))
    for late in (part(key="k1", nth=first.nth), part(key="k3"), part(key="k3", nth=first.nth)):
        with pytest.raises(StaleError, match="another window"):
            keep_part(store, draft.ref, "ana", late)
    assert part_of(store, draft.ref, "ana", "head") == taken


def test_a_part_is_dropped_alone_and_only_as_it_was_seen(desk: LiveDesk, draft: Drafted) -> None:
    store = desk.context.store
    head = keep_part(store, draft.ref, "ana", part())
    other = keep_part(store, draft.ref, "ana", part("skeptic.1", key="k9"))
    assert not drop_part(store, draft.ref, "ana", "head", key="x", nth="y")
    assert not drop_part(store, draft.ref, "ana", "nothing", key="k1")
    assert drop_part(store, draft.ref, "ana", "head", nth=head.nth)
    copy = store.working_copy(draft.ref.run, draft.ref.slug, "ana")
    assert parts_of(copy) == {"skeptic.1": other}
    assert drop_part(store, draft.ref, "ana", "skeptic.1", key="k9")
    assert store.working_copy(draft.ref.run, draft.ref.slug, "ana") is None


def test_who_typed_long_ago_is_not_typing(desk: LiveDesk, draft: Drafted) -> None:
    store, users = desk.context.store, desk.context.store.users()
    keep_part(store, draft.ref, "ana", part())
    assert typing(store, draft.ref, users, NOW) == ("Ana",)
    assert typing(store, draft.ref, users, NOW + dt.timedelta(seconds=1)) == ()
