"""How dossiers look on a terminal and as JSON lines."""

import json
from collections.abc import Sequence

from rich.text import Text

from panel.cli.tables import console, flowing, heading, indented, labelled, listed
from panel.domain.dossier import Dossier, Price
from panel.domain.fact import Conflict, Fact, Source
from panel.domain.witnesses import witness_count

_LEANINGS = {"for": "+", "against": "-", "neutral": "."}
_UNKNOWN = "unknown"


def print_dossiers(dossiers: Sequence[Dossier], *, as_json: bool) -> None:
    """Print one line per dossier.

    Args:
        dossiers: The dossiers.
        as_json: Whether to print JSON lines.
    """
    if as_json:
        for dossier in dossiers:
            print(json.dumps(_row(dossier), ensure_ascii=False))
        return
    headings = ("slug", "name", "vendor", "facts", "open conflicts", "as of")
    rows = [
        (
            dossier.slug,
            dossier.name,
            dossier.vendor,
            str(len(dossier.facts)),
            str(len(dossier.open_conflicts)),
            str(dossier.as_of),
        )
        for dossier in dossiers
    ]
    if rows:
        console().print(listed(headings, rows, wide="name"))


def _row(dossier: Dossier) -> dict[str, object]:
    return {
        "slug": dossier.slug,
        "name": dossier.name,
        "vendor": dossier.vendor,
        "facts": len(dossier.facts),
        "sources": len(dossier.sources),
        "open_conflicts": len(dossier.open_conflicts),
        "as_of": str(dossier.as_of),
        "digest": dossier.digest,
    }


def print_dossier(dossier: Dossier) -> None:
    """Print everything a dossier holds.

    Args:
        dossier: The dossier.
    """
    out = console()
    title = f"{dossier.name} \u00b7 {dossier.vendor} \u00b7 {dossier.category}"
    out.print(Text(title, style="bold"))
    out.print(Text(dossier.tagline, style="italic"))
    out.print()
    out.print(labelled(_identity(dossier)))
    if dossier.summary:
        out.print()
        out.print(Text(flowing(dossier.summary)))
    out.print(heading(f"Facts ({len(dossier.facts)}; + speaks for it, - against, . neither)"))
    headings = ("id", "", "topic", "statement", "standing", "witnesses")
    out.print(listed(headings, [_fact(dossier, fact) for fact in dossier.facts], wide="statement"))
    if dossier.conflicts:
        out.print(heading("Conflicts"))
    for conflict in dossier.conflicts:
        out.print(Text(f"{conflict.id} {conflict.attribute}, {_state(conflict)}: {conflict.note}"))
        for fact_id in conflict.facts:
            fact = dossier.fact(fact_id)
            out.print(indented(f"{fact_id}  {fact.statement if fact else ''}"))
    out.print(heading("Sources"))
    for source in dossier.sources:
        out.print(Text(_source(source)))
        for line in (source.url, source.note):
            if line:
                out.print(indented(line, by=4, style="dim"))


def _identity(dossier: Dossier) -> list[tuple[str, str]]:
    return [
        ("Released", str(dossier.released or _UNKNOWN)),
        ("Licence", dossier.licence or _UNKNOWN),
        ("Access", dossier.access or _UNKNOWN),
        ("Entry", dossier.price.entry or _UNKNOWN),
        ("Tokens", _tokens(dossier.price)),
        ("Rivals", ", ".join(dossier.rivals)),
        ("As of", f"{dossier.as_of}, newest fact {dossier.newest_fact}"),
        ("Slug", f"{dossier.slug}, digest {dossier.digest[:12]}"),
    ]


def _tokens(price: Price) -> str:
    known = {"in": price.input_per_million, "out": price.output_per_million}
    parts = [
        f"{amount:f} {price.currency} {way}" for way, amount in known.items() if amount is not None
    ]
    facts = f" [{' '.join(price.facts)}]" if price.facts else ""
    return f"{', '.join(parts)} per million{facts}" if parts else f"price unknown{facts}"


def _fact(dossier: Dossier, fact: Fact) -> tuple[str | Text, ...]:
    disputed = ", ".join(conflict.id for conflict in dossier.disputes(fact.id))
    statement = Text(fact.statement)
    if disputed:
        statement.append(f"  ! disputed in {disputed}", style="yellow")
    count = str(witness_count(dossier, fact))
    return (fact.id, _LEANINGS[fact.leaning], fact.topic, statement, fact.standing, count)


def _state(conflict: Conflict) -> str:
    settled = conflict.settlement
    if settled is None:
        return "open"
    what = f"{settled.how} {settled.fact}" if settled.fact else settled.how
    return f"settled by {settled.by} on {settled.on} ({what}: {settled.reason})"


def _source(source: Source) -> str:
    dated = f"published {source.published}" if source.published else "undated"
    copy = f", a copy of {source.copy_of}" if source.copy_of else ""
    return f"{source.id}  {source.publisher}: {source.title} ({dated}, read {source.read}{copy})"
