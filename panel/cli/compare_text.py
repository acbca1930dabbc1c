"""Prints two models side by side as text, or what keeps them apart and the command that helps."""

import json
from collections.abc import Iterator, Sequence

from panel.bootstrap.house import House
from panel.bootstrap.pairing import Sides, pairing, sides
from panel.cli.diagnostics import say
from panel.domain.publication.comparable import Comparability
from panel.domain.publication.comparison import compare
from panel.domain.publication.entry import entry_of
from panel.errors import RefusedError
from panel.publishing.seats import GLYPHS
from panel.publishing.site.compare_view import compare_view
from panel.publishing.site.versus import CompareView, FactLine, SideView
from panel.publishing.words import counted, one_line


def print_comparison(house: House, names: tuple[str, str], *, preview: bool, as_json: bool) -> None:
    """Print two models side by side.

    Args:
        house: Workspace and settings.
        names: The slugs of their dossiers.
        preview: Whether drafts that nobody approved count too.
        as_json: Whether to print one JSON object instead of text.

    Raises:
        RefusedError: They cannot be compared.
    """
    found = sides(house, names, preview=preview)
    if as_json:
        print(json.dumps(_json(found), ensure_ascii=False))
    if not found.found.fine:
        raise _refusal(found.found)
    if not as_json:
        for line in comparison_lines(compare_view(found.a, found.b)):
            print(line)


def print_pairs(house: House, *, preview: bool, as_json: bool) -> None:
    """Print the pairs that a build of the site gives a page.

    Args:
        house: Workspace and settings.
        preview: Whether drafts that nobody approved count too.
        as_json: Whether to print JSON lines instead of text.
    """
    found = pairing(house, preview=preview)
    for pair in found.pairs:
        print(json.dumps(pair) if as_json else " ".join(pair))
    for one in found.unpaired:
        say(f"no page for {one.listed}: {one.reason}")
    say(f"{counted(len(found.pairs), 'pair')} of {counted(len(found.entries), 'model')}")


def _json(found: Sides) -> dict[str, object]:
    told: dict[str, object] = {"comparable": found.found.fine}
    told |= found.found.model_dump(mode="json")
    if found.found.fine:
        told["models"] = [entry_of(one).model_dump(mode="json") for one in (found.a, found.b)]
        told["comparison"] = compare(found.a, found.b).model_dump(mode="json")
    return told


def _refusal(found: Comparability) -> RefusedError:
    lines = [f"{found.a} and {found.b} cannot be compared:"]
    lines += [
        f"  {one_line(why.what)}: {one_line(why.a)} | {one_line(why.b)}" for why in found.reasons
    ]
    return RefusedError("\n".join(lines), remedy="\n     then ".join(map(one_line, found.steps)))


def comparison_lines(view: CompareView) -> Iterator[str]:
    """Two models side by side, line by line.

    Args:
        view: Both in words.
    """
    yield f"{view.a.name} versus {view.b.name}: which one should you ship with?"
    for side in (view.a, view.b):
        yield ""
        yield from _side(side)
    yield from ("", view.apart, "No winner is named here: neither by an llm nor by a sum.", "")
    yield "Seat by seat"
    for seat in view.seats:
        calls = [f"{GLYPHS[call.shape]} {call.word}" for call in (seat.a, seat.b)]
        yield f"    {seat.name}: {' | '.join(calls)}: {seat.words}"
    yield from ("", "Who should pick which")
    yield from _questions(view)
    yield from ("", "What a month costs")
    for bill in view.bills:
        yield f"    {bill.work}: {bill.a} | {bill.b}: {bill.words}"
    yield from ("", "Where they differ")
    if not view.benchmarks:
        yield "    No test is known whose result both give on one scale."
    for row in view.rows:
        yield f"    {row.topic}, {row.attribute}: {row.words}"
        yield from _facts(view, row.a, row.b)
    yield from ("", f"Both panels: {view.panel}")


def _side(side: SideView) -> Iterator[str]:
    card = side.card
    draft = " (draft, approved by nobody)" if side.draft else ""
    yield f"{side.name} ({card.vendor}){draft}"
    yield f"    {GLYPHS[card.shape]} {card.word}. {card.result}"
    yield f"    entry: {card.pricing.entry}; per million tokens: {card.pricing.per_million}"
    yield f"    dossier of {card.as_of}; AI personas, {side.by}"


def _questions(view: CompareView) -> Iterator[str]:
    for one in view.questions:
        yield f"    {one.ask} {one.words}."
        for side, said in ((view.a, one.a), (view.b, one.b)):
            yield f"        {side.name}: {said.words}{_briefs(said.facts)}"
    if view.silent:
        yield "    The dossiers do not say:"
        yield from (f"        {ask}" for ask in view.silent)


def _facts(view: CompareView, a: Sequence[FactLine], b: Sequence[FactLine]) -> Iterator[str]:
    for side, facts in ((view.a, a), (view.b, b)):
        yield f"        {side.name}{_briefs(facts) or ': not said'}"


def _briefs(facts: Sequence[FactLine]) -> str:
    told = [
        f"{fact.brief} ({fact.ref.id}{', disputed' if fact.ref.disputed else ''})" for fact in facts
    ]
    return f": {'; '.join(told)}" if told else ""
