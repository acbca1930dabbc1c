"""How a build tells of itself: each source as it is read, what it may cost, what came of it."""

import json
from collections import Counter
from typing import Any

from panel.bootstrap.extracting import Forecast
from panel.bootstrap.filing import Outcome
from panel.bootstrap.intaking import Built, Talk
from panel.cli.diagnostics import say
from panel.cli.reports import counted
from panel.library.files import place

_MOST_SHOWN = 12
_FOR_A_HAND = "no llm was asked, so facts await an llm (--llm KIND:NAME) or a hand"


def talk() -> Talk:
    """Tells on stderr how far a build is."""
    return Talk(read=_read, forecast=_forecast, piece=_piece, extracted=_extracted, note=say)


def _piece(address: str, done: int, in_all: int) -> None:
    if in_all > 1:
        say(f"asking   {address}: piece {done + 1} of {in_all}")


def _extracted(outcome: Outcome) -> None:
    found = outcome.extracted
    if found is None:
        return
    if found.fault:
        say(f"left out {outcome.address}: {found.fault}")
        return
    kept = " (kept answers, not paid again)" if found.kept and not found.calls else ""
    say(f"asked    {outcome.address}: {counted(len(found.candidates), 'fact', 'facts')}{kept}")
    for refusal in found.refused:
        say(f"  not taken: {refusal.reason}")


def _read(outcome: Outcome) -> None:
    if outcome.state == "refused":
        say(f"refused  {outcome.address}: {outcome.why}")
        return
    reading = outcome.reading
    words = len(reading.text.split())
    day = f"published {reading.published}" if reading.published else "undated"
    say(f"read     {outcome.address}: {reading.kind}, {counted(words, 'word', 'words')}, {day}")
    for hidden in reading.removed[:_MOST_SHOWN]:
        times = f" ({hidden.times} times)" if hidden.times > 1 else ""
        say(f"  hidden {hidden.kind} at {hidden.place}{times}: {hidden.text!r}")
    if len(reading.removed) > _MOST_SHOWN:
        say(f"  and {len(reading.removed) - _MOST_SHOWN} more; see --json")


def _forecast(forecast: Forecast) -> None:
    if not forecast.calls:
        say("the llm answered all of this before; nothing is paid again")
        return
    cost = "an unknown cost" if forecast.cost is None else f"about {forecast.cost:.4f} USD"
    kept = f", {counted(forecast.kept, 'answer', 'answers')} kept" if forecast.kept else ""
    say(
        f"asking   {counted(forecast.calls, 'call', 'calls')}, about {forecast.tokens:,} tokens,"
        f" {cost}{kept}; one call more looks for contradictions"
    )


def print_built(built: Built, *, as_json: bool) -> None:
    """Print what a build came to: what was added to stdout, the rest to stderr.

    Args:
        built: The outcome.
        as_json: Whether to print one JSON object instead.
    """
    if as_json:
        print(json.dumps(_plain(built), ensure_ascii=False))
    else:
        for line in _lines(built):
            print(line)
    _ending(built)


def _lines(built: Built) -> list[str]:
    added = built.additions
    lines = [
        f"{one.id}  {one.publisher}: {one.title}"
        + (f" (a copy of {one.copy_of})" if one.copy_of else "")
        for one in added.sources
    ]
    for fact in added.facts:
        state = ", superseded" if fact.standing == "superseded" else ""
        lines.append(f"{fact.id}  {fact.attribute}{state}: {fact.statement}")
    further = Counter(one.fact for one in added.witnesses)
    lines += [f"{fact}  +{counted(many, 'witness', 'witnesses')}" for fact, many in further.items()]
    lines += [f"{one.conflict}  now with {one.fact}" for one in added.joined]
    lines += [f"{one.id}  conflict on {one.attribute}: {one.note}" for one in added.conflicts]
    lines += [f"{key}: {value}" for key, value in added.blanks.items()]
    return lines


def _ending(built: Built) -> None:
    for warning in built.warnings:
        say(f"warning: {warning}")
    if not built.additions:
        say(f"nothing new; {place(built.path)} is unchanged" if not built.is_new else
            "no source could be read, so no dossier was written")  # fmt: skip
    else:
        say(
            f"{'written' if built.is_new else 'updated'}: {place(built.path)}"
            f" ({counted(len(built.dossier.sources), 'source', 'sources')},"
            f" {counted(len(built.dossier.facts), 'fact', 'facts')},"
            f" {counted(len(built.dossier.open_conflicts), 'open conflict', 'open conflicts')})"
        )
    if built.asked:
        cost = "unknown" if built.spent is None else f"{built.spent:.4f} USD"
        say(f"cost: {cost}")
    else:
        say(_FOR_A_HAND)


def _plain(built: Built) -> dict[str, Any]:
    added = built.additions.model_dump(mode="json")
    return {
        "slug": built.dossier.slug,
        "path": place(built.path),
        "new": built.is_new,
        "changed": bool(built.additions),
        "asked": built.asked,
        "cost": None if built.spent is None else str(built.spent),
        "sources": [_outcome(outcome) for outcome in built.outcomes],
        "added": added,
        "warnings": [str(warning) for warning in built.warnings],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    reading = outcome.reading
    extracted = outcome.extracted
    return {
        "address": outcome.address,
        "id": outcome.id or None,
        "state": outcome.state,
        "why": outcome.why or None,
        "kind": reading.kind,
        "title": reading.title,
        "publisher": reading.publisher,
        "published": str(reading.published) if reading.published else None,
        "sha256": reading.sha256,
        "hidden": [one.model_dump(mode="json") for one in reading.removed],
        "facts": len(outcome.candidates),
        "refused_facts": [one.model_dump(mode="json") for one in extracted.refused]
        if extracted
        else [],
    }
