"""How well facts and contradictions are taken from the labelled corpus: recall and precision.

`python -m bench.extraction` plays an llm out of the labels, as one that proposes no contradiction,
as a perfect one and as one that lies; `--llm KIND:NAME` asks a real one. It runs what
`shipskip dossier build` runs.
"""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from panel.bootstrap.house import House
from panel.bootstrap.intaking import FOLDER as KEPT
from panel.bootstrap.intaking import Built, Wanted, build
from panel.domain.fact import Conflict, Fact
from panel.domain.intake.normal import meaning
from panel.domain.typography import fold
from panel.testing import FakeOpenAI
from panel.testing.reply import Script
from tests.corpus.packs import FOLDER, Label, Pack, packs
from tests.corpus.scripted import Liar, Perfect, Silent

_SUPERSEDED = "Looks superseded"
_ALIKE = 0.5
"""Share of common words from which two quotes are of one passage."""


@dataclass
class Share:
    """So many of so many.

    Attributes:
        good: Those that are as they should be.
        of: All of them.
        bad: What is not as it should be, in words.
    """

    good: int = 0
    of: int = 0
    bad: list[str] = field(default_factory=list[str])

    def count(self, good: bool, what: str) -> None:
        """Count one.

        Args:
            good: Whether it is as it should be.
            what: How to name it if it is not.
        """
        self.good += good
        self.of += 1
        if not good:
            self.bad.append(what)

    @property
    def ratio(self) -> float:
        """The share; all of nothing is all."""
        return self.good / self.of if self.of else 1.0


@dataclass
class Score:
    """What a corpus came to.

    Attributes:
        quotes: Quotes of the dossiers that stand in the kept text of their source.
        recall: Labelled facts that are in the dossiers.
        precision: Facts of the dossiers that are labelled.
        explicit: Contradictions on one property that are recorded as such.
        implicit: Contradictions that take thought, likewise.
        sound: Recorded conflicts each of whose sides contradicts another one.
        harmless: Harmless pairs that are not taken for a contradiction.
    """

    quotes: Share = field(default_factory=Share)
    recall: Share = field(default_factory=Share)
    precision: Share = field(default_factory=Share)
    explicit: Share = field(default_factory=Share)
    implicit: Share = field(default_factory=Share)
    sound: Share = field(default_factory=Share)
    harmless: Share = field(default_factory=Share)

    def add(self, pack: Pack, built: Built, kept: Path) -> None:
        """Count what a build made of a pack.

        Args:
            pack: The pack.
            built: The build.
            kept: Folder of the kept sources.
        """
        texts = [" ".join(path.read_text().split()) for path in kept.rglob("text.txt")]
        facts = built.dossier.facts
        for fact in facts:
            for witness in fact.witnesses:
                found = any(witness.quote in text for text in texts)
                self.quotes.count(found, f"{pack.slug}: {witness.quote}")
        where = {name: _found(pack, label, built) for name, label in pack.facts.items()}
        for name, fact in where.items():
            self.recall.count(fact is not None, f"{pack.slug}: {name}")
        known = {fact.id for fact in where.values() if fact}
        for fact in facts:
            self.precision.count(fact.id in known, f"{pack.slug}: {fact.id} {fact.statement}")
        self._conflicts(pack, {name: it.id for name, it in where.items() if it}, built)

    def _conflicts(self, pack: Pack, ids: dict[str, str], built: Built) -> None:
        recorded = built.dossier.conflicts
        true = {_ids(ids, one.pair) for one in pack.conflicts}
        older = {_ids(ids, one.pair) for one in pack.negatives if one.why == "superseded"}
        for conflict in pack.conflicts:
            share = self.explicit if conflict.kind == "explicit" else self.implicit
            share.count(
                any(
                    _holds(one, _ids(ids, conflict.pair)) and _SUPERSEDED not in one.note
                    for one in recorded
                ),
                f"{pack.slug}: {' / '.join(conflict.pair)}",
            )
        for one in recorded:
            allowed = true | (older if _SUPERSEDED in one.note else set[frozenset[str]]())
            lone = [side for side in one.facts if not _partners(side, one, allowed)]
            self.sound.count(not lone, f"{pack.slug}: {one.id} {one.note}")
        for negative in pack.negatives:
            pair = _ids(ids, negative.pair)
            alarms = (
                one
                for one in recorded
                if _holds(one, pair)
                and not all(_partners(side, one, true) for side in pair)
                and not (_SUPERSEDED in one.note and negative.why == "superseded")
            )
            self.harmless.count(
                not any(alarms), f"{pack.slug}: {' / '.join(negative.pair)}, {negative.why}"
            )

    def rows(self) -> Iterator[tuple[str, Share, str]]:
        """Name, share and goal of each figure."""
        yield "quotes that stand in their source", self.quotes, "= 1"
        yield "recall of facts", self.recall, "-"
        yield "precision of facts", self.precision, "-"
        yield "recall of explicit conflicts", self.explicit, ">= 0.95"
        yield "recall of implicit conflicts", self.implicit, ">= 0.70"
        yield "recorded conflicts that are ones", self.sound, ">= 0.95"
        yield "harmless pairs left alone", self.harmless, ">= 0.95"


def _found(pack: Pack, label: Label, built: Built) -> Fact | None:
    """The fact of the dossier that a label means."""
    source = _source(pack, label, built)
    holding = [
        fact
        for fact in built.dossier.facts
        if any(one.source == source and _alike(one.quote, label.quote) for one in fact.witnesses)
    ]
    same = [fact for fact in holding if _same_value(fact, label)]
    exact = [fact for fact in same if fact.statement == label.statement]
    return next(iter(exact or same), None)


def _source(pack: Pack, label: Label, built: Built) -> str:
    """Id of a label's document."""
    return built.outcomes[pack.documents.index(label.source)].id


def _same_value(fact: Fact, label: Label) -> bool:
    if not fact.value or not label.value:
        return not fact.value and not label.value
    mine = meaning(label.attribute, label.value, label.unit)
    return mine.same(meaning(label.attribute, fact.value, fact.unit)) or fact.value == label.value


def _alike(first: str, second: str) -> bool:
    one, two = fold(first).text, fold(second).text
    if one in two or two in one:
        return True
    mine, theirs = set(one.split()), set(two.split())
    return len(mine & theirs) >= _ALIKE * len(mine | theirs)


def _ids(ids: dict[str, str], pair: tuple[str, str]) -> frozenset[str]:
    """The two facts of a pair; fewer than two when one is missing or both were merged."""
    return frozenset(ids[one] for one in pair if one in ids)


def _holds(conflict: Conflict, pair: frozenset[str]) -> bool:
    return len(pair) > 1 and pair <= set(conflict.facts)


def _partners(side: str, conflict: Conflict, pairs: set[frozenset[str]]) -> list[str]:
    """The other sides of a conflict that a side contradicts by the labels."""
    return [one for one in conflict.facts if frozenset({side, one}) in pairs and one != side]


def measured(found: Sequence[Pack], *, script: type[Perfect] | None = None, **flags: Any) -> Score:
    """Build a dossier of each pack and score it.

    Args:
        found: The packs.
        script: Who plays the llm; None asks the one of the flags.
        flags: Settings, e.g. `llm="openai:..."`.
    """
    score = Score()
    for pack in found:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "dossiers").mkdir()
            built = _played(root, pack, script(pack)) if script else _built(root, pack, flags)
            score.add(pack, built, root / KEPT)
    return score


def _played(root: Path, pack: Pack, script: Script) -> Built:
    with FakeOpenAI(script) as server:
        flags = {"llm": "openai-chat:played", "base_url": server.base_url}
        return _built(root, pack, {**flags, "input_price": "1", "output_price": "1"})


def _built(root: Path, pack: Pack, flags: dict[str, Any]) -> Built:
    wanted = Wanted(pack.slug, pack.addresses, today=pack.today, name=pack.name, vendor=pack.vendor)
    return asyncio.run(build(House.open(root, flags), wanted))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    parser.add_argument("--llm", help="KIND:NAME of a real llm")
    parser.add_argument("--base-url", help="its address")
    parser.add_argument("--packs", type=Path, default=FOLDER, help="folder of the packs")
    parser.add_argument("--verbose", action="store_true", help="name what is not as it should be")
    said = parser.parse_args()
    found = packs(said.packs)
    if said.llm:
        flags: dict[str, Any] = {"llm": said.llm, "base_url": said.base_url}
        runs = {said.llm: measured(found, allow_unknown_cost=True, **flags)}
    else:
        os.environ.setdefault("SHIPSKIP_API_KEY", "played")
        scripts = {"no pair proposed": Silent, "perfect": Perfect, "liar": Liar}
        runs = {name: measured(found, script=script) for name, script in scripts.items()}
    for name, score in runs.items():
        print(f"{len(found)} packs, {name}")
        for what, share, goal in score.rows():
            print(
                f"  {what:<36} {share.good:>4} of {share.of:<4} {share.ratio:>6.3f}   goal {goal}"
            )
            for line in share.bad if said.verbose else ():
                print(f"      {line}")


if __name__ == "__main__":
    main()
