"""A run as somebody orders it at the desk: read from a form, checked, planned, told in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from panel.bootstrap.house import House
from panel.bootstrap.planning import Plan, plan
from panel.domain.value import SLUG_PATTERN, unprintable
from panel.errors import InputError, Problem
from panel.library.orders import MAX_SAMPLES
from panel.publishing.words import counted, money

MOST_DOSSIERS = 10_000
"""Most dossiers of one order made at the desk."""

LONGEST_NAME = 120
_LONGEST_LLM = 200


@dataclass(frozen=True)
class Wanted:
    """What a form asks for, as it was typed.

    Attributes:
        dossiers: Slugs.
        seats: Persona ids; the usual panel when there are none.
        llm: Who drafts, `KIND:NAME`; whoever the settings name when empty.
        samples: Reviews per seat.
        max_cost: Most USD; empty for the settings' cap.
        name: What the run is called.
    """

    dossiers: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    llm: str = ""
    samples: str = "1"
    max_cost: str = ""
    name: str = ""


def wanted_dossiers(chosen: Sequence[str], typed: str) -> tuple[str, ...]:
    """The dossiers of a form, each once.

    Args:
        chosen: Those that were ticked.
        typed: More of them, separated by space, commas or lines.
    """
    more = re.split(r"[\s,;]+", typed)
    return tuple(dict.fromkeys(one for one in (*chosen, *more) if one))


def planned(house: House, wanted: Wanted) -> Plan:
    """The run a form asks for; nothing is stored or spent.

    Args:
        house: Workspace and settings.
        wanted: What the form asks for.

    Raises:
        InputError: Anything about it is wrong; all problems are listed by field.
        SpendingError: It costs more than its cap at least.
    """
    problems = list(_problems(house, wanted))
    changes: dict[str, Any] = {"samples": _count(wanted.samples) or 1}
    cap = _amount(wanted.max_cost)
    if cap is not None:
        changes["max_cost"] = cap
    if wanted.llm.strip():
        changes["llm"] = wanted.llm.strip()
    if wanted.seats:
        changes["seats"] = wanted.seats
    if problems:
        raise InputError(problems)
    return plan(house.with_settings(**changes), wanted.dossiers, name=wanted.name.strip())


def _problems(house: House, wanted: Wanted) -> Iterator[Problem]:
    if not wanted.dossiers:
        yield Problem("no dossier is chosen", "tick or name at least one", key="dossiers")
    if len(wanted.dossiers) > MOST_DOSSIERS:
        yield Problem(f"at most {MOST_DOSSIERS:,} at once", "order the rest later", key="dossiers")
    for slug in wanted.dossiers:
        if not re.fullmatch(SLUG_PATTERN, slug):
            yield Problem(f"{slug[:64]!a} is no slug", "name dossiers by slug", key="dossiers")
    if not _count(wanted.samples):
        words = f"is no whole number from 1 to {MAX_SAMPLES}"
        yield Problem(words, "mostly 1", key="samples")
    if unprintable(wanted.llm, newlines=False) or len(wanted.llm) > _LONGEST_LLM:
        yield Problem("is no name of an llm", "write KIND:NAME", key="llm")
    if unprintable(wanted.name, newlines=False) or len(wanted.name) > LONGEST_NAME:
        yield Problem(f"has at most {LONGEST_NAME} visible characters", "shorten it", key="name")
    yield from _cap_problems(house, wanted.max_cost)


def _cap_problems(house: House, typed: str) -> Iterator[Problem]:
    cap, most = _amount(typed), house.settings.max_cost
    if typed.strip() and cap is None:
        yield Problem("is no amount in USD", "write e.g. 2.50", key="max_cost")
    if cap is not None and most is not None and cap > most:
        words = f"is more than this desk may spend on a run, {money(most)}"
        yield Problem(words, "take less, or have the setting max_cost raised", key="max_cost")


def _count(typed: str) -> int | None:
    text = typed.strip()
    found = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0
    return found if 1 <= found <= MAX_SAMPLES else None


def _amount(typed: str) -> Decimal | None:
    try:
        found = Decimal(typed.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found <= 1_000_000 else None


def told(made: Plan) -> tuple[tuple[str, str], ...]:
    """What a run will take, as pairs of a word and what it is.

    Args:
        made: The plan.
    """
    order, estimate = made.run.order, made.estimate
    samples = f", {order.samples} times each" if order.samples > 1 else ""
    llms = dict.fromkeys(seat.llm.label for seat in order.all_seats)
    found = [
        ("Dossiers", f"{len(order.dossiers):,}"),
        ("Panel", ", ".join(seat.persona for seat in order.seats) + samples),
        ("Reviews", f"{order.reviews:,}"),
        ("Drafted by", ", ".join(llms)),
    ]
    if not estimate.calls[1]:
        return (*found, ("Cost", "no calls, no cost"))
    low, high = estimate.calls
    found.append(("Calls", counted(high, "call") if low == high else f"{low:,} to {high:,}"))
    sent, received = estimate.input_tokens, estimate.output_tokens
    tokens = f"{sent[0]:,} to {sent[1]:,} sent, {received[0]:,} to {received[1]:,} received"
    cap = made.run.max_cost
    return (
        *found,
        ("Tokens", tokens),
        ("Cost", _cost(made)),
        ("Never more than", "no cap" if cap is None else money(cap)),
    )


def _cost(made: Plan) -> str:
    cost = made.estimate.cost
    if cost is None:
        return "unknown: there is no price for this llm"
    return f"{money(cost[0])} to {money(cost[1])}"
