"""Killed at any moment, the store keeps what it acknowledged, once, and opens again."""

import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from panel.store.store import Store
from tests.databases import rows
from tests.store import values as v

WRITER = """
import asyncio, sys
from panel.domain.exchange import Charge
from panel.store.store import Store
from tests.store import values as v

async def work(store, run, first):
    for n in range(first, 100_000, 20):
        review = v.review(key=v.digest(str(n)), flags=(v.LENGTHY,))
        attempt = await v.begin(store, run, v.exchange(str(n)))
        await store.end_attempt(run.id, attempt, v.exchange(str(n)), Charge())
        await store.keep_review(run.id, review, started=v.NOON, seconds=1)
        sys.stdout.write(review.key + "\\n")
        sys.stdout.flush()

async def main():
    with Store.open(sys.argv[1], write=True) as store:
        run = v.run()
        if not store.runs():
            store.create_run(run, v.documents(run))
        first = len(store.reviews(run.id)) + 1000 * int(sys.argv[2])
        await asyncio.gather(*(work(store, run, first + n) for n in range(20)))

asyncio.run(main())
"""


@pytest.mark.parametrize("seed", range(2))
def test_what_was_acknowledged_survives_a_kill(url: str, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged: list[str] = []
    for attempt in range(4):
        command = [sys.executable, "-c", WRITER, url, str(attempt)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            acknowledged.append(child.stdout.readline().strip())
            time.sleep(chance.uniform(0.0, 0.15))
            child.kill()
            acknowledged += [line.strip() for line in child.stdout if line.endswith("\n")]
    run = v.run()
    with Store.open(url, write=False) as store:
        kept = Counter(review.key for review in store.reviews(run.id))
        assert set(acknowledged) <= set(kept)
        assert max(kept.values()) == 1
        assert all(stored.holds for stored in store.evidence(run.id))
        tape = store.attempts(run.id)
        assert len(tape.unanswered) <= 4 * 20
        assert tape.answered >= len(set(acknowledged))
    with Store.open(url, write=True) as store:
        assert not [check for check in store.health() if check.standing == "error"]
        assert rows(url, "SELECT count(*) FROM flags") == [(len(kept),)]
