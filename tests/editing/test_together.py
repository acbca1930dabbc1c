"""Editors who work on one draft at once: whatever was acknowledged is there in the end."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from pydantic import JsonValue

from panel.domain.editing.content import fields_of
from panel.editing.drafts import Draft
from panel.editing.stale import StaleDraftError
from panel.store.store import Store
from tests.editing.desk import HEADLINE, Desk
from tests.editing.full import FULL

EDITS = 100 if FULL else 6
"""Edits of each editor."""

OWN = {"ana": "developer.1.headline", "ben": HEADLINE, "pia": "pricing.entry"}
"""A field that each editor has to themselves; all of them write in the summary, too."""


@pytest.fixture
def desks(url: str) -> Iterator[dict[str, Desk]]:
    """A desk for each editor; on PostgreSQL each with a connection of its own."""
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(url, write=True))
        first = Desk(store)
        found = {"ana": first}
        for login in ("ben", "pia"):
            if url.startswith("postgresql"):
                store = stack.enter_context(Store.open(url, write=True))
            found[login] = Desk.beside(store, first.papers)
        yield found


def persist(desk: Desk, by: str, word: str) -> Draft:
    """Write a word in one's own field and at the end of the summary, however often it takes."""
    draft = desk.draft
    base = draft.version
    summary = f"{fields_of(draft.content)['summary']} {word}"
    mine: dict[str, JsonValue] = {OWN[by]: word, "summary": summary}
    while True:
        try:
            return desk.edit(by, mine, base=base, key=f"{word}@{base}")
        except StaleDraftError as late:
            base = late.draft.version
            mine = dict(late.merge.changes)
            for clash in late.merge.clashes:
                assert clash.path == "summary"
                mine["summary"] = f"{clash.theirs} {word}"


def at_once(*acts: Callable[[], object]) -> None:
    """Do several things from threads that start together."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], object]) -> None:
        gate.wait()
        act()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(one, act) for act in acts]:
            done.result()


def test_no_acknowledged_edit_is_lost(desks: dict[str, Desk]) -> None:
    kept: dict[str, list[Draft]] = {login: [] for login in desks}

    def work(login: str) -> None:
        for number in range(EDITS):
            kept[login].append(persist(desks[login], login, f"{login}-{number}"))

    at_once(*(lambda login=login: work(login) for login in desks))
    draft = desks["ana"].draft
    assert draft.version == 3 * EDITS
    assert [one.version for one in draft.revisions] == list(range(1, 3 * EDITS + 1))
    words = draft.content.summary.split()
    for login, drafts in kept.items():
        wanted = [f"{login}-{number}" for number in range(EDITS)]
        assert [word for word in words if word.startswith(f"{login}-")] == wanted
        for word, acknowledged in zip(wanted, drafts, strict=True):
            revision = draft.revisions[acknowledged.version - 1]
            assert revision == acknowledged.revisions[-1]
            assert (revision.by, revision.changes[OWN[login]]) == (login, word)
        assert fields_of(draft.content)[OWN[login]] == wanted[-1]


def test_one_attempt_sent_twice_at_once_is_done_once(desks: dict[str, Desk]) -> None:
    for number in range(5):
        found: list[Draft] = []

        def send(desk: Desk, number: int = number, found: list[Draft] = found) -> None:
            changes: dict[str, JsonValue] = {HEADLINE: f"Words {number}"}
            found.append(desk.edit("ana", changes, base=number, key=f"k{number}"))

        at_once(*(lambda desk=desk: send(desk) for desk in desks.values()))
        assert len(found) == len(desks)
        assert {draft.version for draft in found} == {number + 1}


def test_one_name_for_two_attempts_swallows_neither(desks: dict[str, Desk]) -> None:
    for number in range(5):
        told: list[str] = []

        def send(by: str, number: int = number, told: list[str] = told) -> None:
            changes: dict[str, JsonValue] = {HEADLINE: f"{by} {number}"}
            try:
                desks[by].edit(by, changes, base=number, key=f"k{number}")
            except StaleDraftError as late:
                told += [str(clash.mine) for clash in late.merge.clashes]

        at_once(*(lambda by=by: send(by) for by in ("ana", "ben")))
        stands = fields_of(desks["pia"].draft.content)[HEADLINE]
        assert {str(stands), *told} == {f"ana {number}", f"ben {number}"}
