"""Prints what is different between two runs: what flipped, for whom, and which input changed."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from panel.bootstrap.comparing import compared, only_in
from panel.bootstrap.house import House
from panel.cli.diagnostics import say
from panel.domain.difference import CardChange, Side, common_inputs
from panel.domain.run import Run
from panel.publishing.words import counted

_NAMED = 20
"""Most dossiers named that only one of the runs has."""


@dataclass(frozen=True)
class _Pair:
    """Two runs with what is different between them as a whole.

    Attributes:
        one: The first run.
        two: The second run.
        common: Inputs that changed for all dossiers, in words.
        alone: Slugs that only the first and only the second run was asked about.
    """

    one: Run
    two: Run
    common: Sequence[str]
    alone: tuple[Sequence[str], Sequence[str]]


def print_difference(
    house: House, names: tuple[str, str], *, everything: bool, as_json: bool
) -> None:
    """Print how a second run differs from a first, dossier by dossier.

    Args:
        house: Workspace and settings.
        names: Run ids, the beginnings of them, or `latest`.
        everything: Whether dossiers are listed that came out the same.
        as_json: Whether to print JSON lines instead of text.
    """
    with house.store(write=False) as store:
        one, two = (store.run(store.resolve_run(name)) for name in names)
        common = tuple(common_inputs(one.order, two.order))
        pair = _Pair(one, two, common, (only_in(one, two), only_in(two, one)))
        changes = compared(store, one, two)
        if as_json:
            for line in _json_lines(pair, changes, everything=everything):
                print(json.dumps(line, ensure_ascii=False))
            return
        tally = _print_changes(pair, changes, everything=everything)
        for words in _summary(tally, pair):
            print(words)
        if tally["chance"]:
            say(
                f"more samples make chance smaller: shipskip runs fork {two.id}"
                f" --samples {two.order.samples + 2}"
            )


def _json_lines(
    pair: _Pair, changes: Iterable[CardChange], *, everything: bool
) -> Iterator[dict[str, object]]:
    yield {
        "kind": "runs",
        "runs": [pair.one.id, pair.two.id],
        "inputs": list(pair.common),
        "only_in_first": list(pair.alone[0]),
        "only_in_second": list(pair.alone[1]),
    }
    for change in changes:
        if everything or change.differs:
            yield {"kind": "dossier", **change.model_dump(mode="json")}


def _print_changes(pair: _Pair, changes: Iterable[CardChange], *, everything: bool) -> Counter[str]:
    print(f"{_title(pair.one)} -> {_title(pair.two)}")
    print(f"changed for all: {', '.join(pair.common) or 'nothing'}")
    print()
    tally: Counter[str] = Counter()
    for change in changes:
        tally[_sort(change)] += 1
        tally["chance"] += sum(seat.chance for seat in change.seats)
        tally["dossiers"] += 1
        if everything or change.differs:
            for line in _block(change, pair):
                print(line)
    if tally["dossiers"] and (everything or tally["dossiers"] > tally["same"]):
        print()
    return tally


def _title(run: Run) -> str:
    return f"{run.id} ({run.name})" if run.name else run.id


def _sort(change: CardChange) -> str:
    if change.before is None or change.after is None:
        return "unfinished" if change.before or change.after else "same"
    if change.flipped:
        return "flipped"
    return "moved" if change.differs else "same"


def _block(change: CardChange, pair: _Pair) -> Iterator[str]:
    yield f"{change.slug}: {_arrow(change.before, change.after)}"
    for seat in change.seats:
        chance = "; no input changed: chance" if seat.chance else ""
        yield f"    {seat.persona}: {seat.before} -> {seat.after}{chance}"
    own = [words for words in change.inputs if words not in pair.common]
    if own:
        yield f"    changed: {', '.join(own)}"


def _arrow(before: Side | None, after: Side | None) -> str:
    one, two = _said(before), _said(after)
    if one != two:
        return f"{one} -> {two}"
    rates = [f"{side.rate:.1%}" for side in (before, after) if side and side.rate is not None]
    moved = len(set(rates)) > 1
    return f"{two}, ship rate {rates[0]} -> {rates[1]}" if moved else two


def _said(side: Side | None) -> str:
    if side is None:
        return "no scorecard"
    if side.outcome == "no_quorum":
        return f"no quorum ({side.answered} of {side.seats} answered)"
    return f"{side.outcome} ({side.ships} of {side.seats} ship)"


def _summary(tally: Counter[str], pair: _Pair) -> Iterator[str]:
    words = [f"{tally['flipped']:,} of {counted(tally['dossiers'], 'dossier')} flipped"]
    if tally["moved"]:
        words.append(f"{tally['moved']:,} kept the outcome with other seats or answers")
    words.append(f"{tally['same']:,} the same")
    if tally["unfinished"]:
        words.append(f"{tally['unfinished']:,} with a scorecard in one run only")
    yield "; ".join(words)
    if tally["chance"]:
        yield f"{counted(tally['chance'], 'seat')} by chance: nothing they were given had changed"
    for run, slugs in zip((pair.one, pair.two), pair.alone, strict=True):
        if slugs:
            more = f" and {len(slugs) - _NAMED:,} more" if len(slugs) > _NAMED else ""
            yield f"only in {run.id}: {', '.join(slugs[:_NAMED])}{more}"
