"""Building the published site: pages a second, memory, and what one changed model costs.

`python -m bench.site [--models N] [--comparisons M] [--hands H]`; each build is a process of its
own, so that its memory and its start are counted.
"""

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import combinations
from pathlib import Path
from typing import Any

from panel.domain.publication.entry import Entry, entry_of
from panel.domain.publication.pairs import pairs
from panel.domain.publication.predictions import PredictionEnd, PredictionName
from panel.domain.publication.release import Published
from panel.domain.publication.votes import Tally
from panel.domain.value import digest_of
from panel.publishing.site.assets import assets
from panel.publishing.site.build import publish
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.planners import PLANNERS
from panel.testing import make_dossier
from tests.publishing.site.published import NOON, make_published

_CATEGORIES = 40
_VENDORS = 400
_GOAL = "<= 0.010"


class Synthetic:
    """A book of as many models as wanted, each a variation of one.

    Args:
        models: How many models.
        comparisons: How many pairs.
        changed: Whether one model was corrected.
    """

    planners = PLANNERS
    retracted: Mapping[str, Entry] = {}
    moved: Mapping[str, str] = {}
    ends: Mapping[PredictionName, PredictionEnd] = {}

    def __init__(self, models: int, comparisons: int, *, changed: bool) -> None:
        base = entry_of(make_published("model-0"))
        made = (_entry(base, number, changed=changed and number == 1) for number in range(models))
        self.entries = {entry.slug: entry for entry in sorted(made, key=lambda one: one.slug)}
        found = dict.fromkeys(pairs(self.entries, "related", (), 45))
        more = combinations(sorted(self.entries), 2)
        while len(found) < comparisons:
            found[next(more)] = None
        self.pairs = tuple(sorted(list(found)[:comparisons]))
        self.site = SiteInfo(name="Bench", url="https://bench.example/", assets=assets())
        self._opened = lru_cache(256)(self._made)

    def head(self, slug: str) -> str:
        """Digest of everything one model holds."""
        return self.entries[slug].edition

    def model(self, slug: str) -> Published:
        """One model."""
        return self._opened(slug)

    def tally(self, slug: str) -> Tally | None:
        """Nobody votes."""

    def current(self) -> bool:
        """Nothing is published meanwhile."""
        return True

    def _made(self, slug: str) -> Published:
        entry = self.entries[slug]
        about: dict[str, Any] = {
            "name": entry.name,
            "vendor": entry.vendor,
            "category": entry.category,
        }
        dossier = make_dossier(slug=slug, **about)
        return make_published(slug, dossier=dossier, at=entry.at, note=entry.note)


def _entry(base: Entry, number: int, *, changed: bool) -> Entry:
    slug = f"model-{number}"
    at = NOON + dt.timedelta(hours=number * 2)
    return base.model_copy(
        update={
            "slug": slug,
            "name": f"Model {number}",
            "vendor": f"Vendor {number % _VENDORS}",
            "category": f"Category {number % _CATEGORIES}",
            "kind": "corrected" if changed else "published",
            "note": "A price was wrong." if changed else "",
            "first": at,
            "at": NOON + dt.timedelta(hours=99_999) if changed else at,
            "edition": digest_of("bench", [number, changed]),
        }
    )


@contextmanager
def synthetic(models: int, comparisons: int, *, changed: bool) -> Generator[Synthetic]:
    """The book, as builds open it."""
    yield Synthetic(models, comparisons, changed=changed)


def _build(given: argparse.Namespace) -> dict[str, Any]:
    """One build in this process."""
    begun = time.perf_counter()
    opening = partial(synthetic, given.models, given.comparisons, changed=given.changed)
    changes = publish(Path(given.out), opening, hands=given.hands)
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "seconds": time.perf_counter() - begun,
        "cpu": sum(one.ru_utime + one.ru_stime for one in usage),
        "files": changes.unchanged + len(changes.added) + len(changes.changed),
        "rendered": changes.rendered,
        "memory": max(one.ru_maxrss for one in usage) / (1 if sys.platform == "linux" else 1024),
    }


def _measured(given: argparse.Namespace, out: str, *more: str) -> dict[str, Any]:
    size = ["--models", str(given.models), "--comparisons", str(given.comparisons)]
    command = [sys.executable, "-m", "bench.site", "--out", out, "--hands", str(given.hands)]
    begun = time.perf_counter()
    done = subprocess.run([*command, *size, *more], check=True, stdout=subprocess.PIPE)
    return {**json.loads(done.stdout), "wall": time.perf_counter() - begun}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", type=int, default=10_000)
    parser.add_argument("--comparisons", type=int, default=50_000)
    parser.add_argument("--hands", type=int, default=min(os.cpu_count() or 1, 8))
    parser.add_argument("--changed", action="store_true")
    parser.add_argument("--out", default="")
    given = parser.parse_args()
    if given.out:
        print(json.dumps(_build(given)))
        return
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "site")
        full = _measured(given, out)
        same = _measured(given, out)
        one = _measured(given, out, "--changed")
    for name, found in (("full", full), ("nothing changed", same), ("one model changed", one)):
        print(
            f"{name:<20} {found['wall']:8.1f} s  {found['cpu']:8.1f} s of cpu"
            f"  {found['rendered']:>7,} of {found['files']:,} files made"
            f"  {found['memory'] / 1024:6.0f} MB at most in one process"
        )
    print(f"{'files made a second, full build':<64} {full['rendered'] / full['wall']:>7.0f}")
    for unit, goal in (("cpu", f"   goal {_GOAL}"), ("wall", "")):
        ratio = one[unit] / full[unit]
        print(f"{f'one changed model / full build, {unit}':<64} {ratio:>7.4f}{goal}")


if __name__ == "__main__":
    main()
