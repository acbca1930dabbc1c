"""Makers of personas, reviews, scorecards and runs for the tests of publishing."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from panel.domain.dossier import Dossier
from panel.domain.flag import Flag, FlagKind, Severity, Span
from panel.domain.llm import LlmSettings
from panel.domain.persona import Persona, Phrases, Rubric, TopicWeight
from panel.domain.prompt import Prompt
from panel.domain.review import Failure, Review, Usage, review_key
from panel.domain.run import Order, OrderedDossier, Run, Seat
from panel.domain.scorecard import Interval, PricingRead, Scorecard, SeatResult
from panel.domain.value import digest_of
from panel.domain.verdict import Call, Citation, FlipCondition, Reason, Verdict

RUN = "20260502-083000-5f2a9c"
LLM = LlmSettings(kind="openai-chat", name="gpt-5.5")
NAMES = {
    "developer": ("The Developer", "Builds products on other people's models", False),
    "skeptic": ("The Skeptic", "Has read a decade of launch posts", False),
    "futurist": ("The Futurist", "Follows where the curve points", True),
    "business-analyst": ("The Business Analyst", "Signs off on the bill", False),
    "creator": ("The Creator", "Makes things with a deadline on Monday", False),
}


def sha(text: str) -> str:
    """A digest made up from a word."""
    return hashlib.sha256(text.encode()).hexdigest()


def persona(persona_id: str, **changes: Any) -> Persona:
    """One of the five personas, shortened."""
    name, title, predicts = NAMES.get(persona_id, (persona_id.title(), "Reads everything", False))
    settings: dict[str, Any] = {
        "id": persona_id,
        "name": name,
        "title": title,
        "lens": "Would I stake my own week on this?",
        "ships_when": ("The evidence is there",),
        "skips_when": ("It is not",),
        "questions": ("Who pays when it breaks?",),
        "voice": "Short sentences.",
        "known_bias": "Trusts what can be taken apart more than what can be demonstrated.",
        "predicts": predicts,
        "rubric": Rubric(
            start=-1,
            weights={"price": TopicWeight(pro=1, contra=1)},
            phrases=Phrases(open_ship="Yes.", open_skip="No.", pro="For: {facts}.",
                            contra="Against: {facts}.", gap="Silence.", dispute="Open: {facts}.",
                            close_ship="Ship.", close_skip="Skip.", flip_ship="Worse.",
                            flip_skip="Better."),
        ),
        "portrait": "Invented for a test.",
    }  # fmt: skip
    return Persona(**{**settings, **changes})


def personas(ids: Sequence[str] = tuple(NAMES)) -> tuple[Persona, ...]:
    """The panel."""
    return tuple(persona(persona_id) for persona_id in ids)


_QUOTES: dict[Call, tuple[str, str, str]] = {
    "skip": (
        "Impressive on paper, closed in practice",
        (
            "Aster 2 reads images as well as text, and the free app will please a lot of people."
            " None of that helps a team that has to build on it. The interface is open to selected"
            " partners only, no benchmark results were published at launch, and whether the weights"
            " will ever be released is disputed. I cannot plan a quarter around an invitation that"
            " may not come. Until there is a price list, a sign-up page and a number somebody else"
            " has checked, this is a product to watch and not one to depend on."
        ),
        "no benchmark results were published at launch",
    ),
    "ship": (
        "Free, capable and already where people are",
        (
            "What counts on Monday is whether a maker can open it and get something done, and here"
            " the answer is yes. The app is free to use, it takes text and images, and nobody must"
            " rent a server or read a licence to try an idea. The missing benchmarks matter less"
            " for a poster than for a payment system. I would want to know what happens to uploads,"
            " and the open question about the weights is disputed; neither stops a draft. Ship"
            " it for making, and keep the originals somewhere safe."
        ),
        "The app is free to use",
    ),
}


def verdict(call: Call, **changes: Any) -> Verdict:
    """A whole answer."""
    headline, quote, phrase = _QUOTES[call]
    settings: dict[str, Any] = {
        "reasons_for": (Reason(text="It costs nothing to try.", facts=("F6",)),),
        "reasons_against": (
            Reason(text="Nobody outside has measured it.", facts=("F4",)),
            Reason(text="Builders need an invitation.", facts=("F5",)),
        ),
        "call": call,
        "headline": headline,
        "quote": quote,
        "citations": (
            Citation(phrase=phrase, facts=("F4",) if call == "skip" else ("F6",)),
            Citation(phrase="disputed", facts=("F2", "F3")),
        ),
        "flip_conditions": (
            FlipCondition(condition="A public interface with a price list.", topic="access"),
        ),
        "predictions": (),
    }
    return Verdict(**{**settings, **changes})


def span(text: str, words: str, field: str = "quote") -> Span:
    """Where words stand in a text."""
    start = text.index(words)
    return Span(field=field, start=start, end=start + len(words), text=words)


def flag(
    where: Span | None, kind: FlagKind = "uncarried-number", severity: Severity = "warns"
) -> Flag:
    """A finding."""
    return Flag(kind=kind, severity=severity, message="No cited fact carries this.", span=where)


def failure(kind: Any = "timeout", **changes: Any) -> Failure:
    """Why a seat gave no verdict."""
    settings: dict[str, Any] = {
        "kind": kind,
        "retryable": True,
        "detail": "No answer within 300 seconds.",
        "remedy": "Raise --timeout, or run resume when the provider answers again.",
    }
    return Failure(**{**settings, **changes})


def prompt(about: Dossier, who: Persona) -> Prompt:
    """What one seat was told."""
    return Prompt(
        rules="Judge by the facts.",
        dossier=about.name,
        persona=who.portrait,
        fence="0" * 16,
        fact_ids=tuple(fact.id for fact in about.facts),
        made_of={"dossier": about.digest, f"persona {who.id}": who.digest, "rules": sha("rules")},
    )


def review(
    about: Dossier,
    who: Persona,
    answer: Verdict | Failure | Call,
    *,
    llm: LlmSettings = LLM,
    sample: int = 1,
    **changes: Any,
) -> Review:
    """One attempt of one seat."""
    told = prompt(about, who).digest
    result = verdict(answer) if isinstance(answer, str) else answer
    usage = Usage(calls=1, input_tokens=4200, output_tokens=310, cached_tokens=3100)
    settings: dict[str, Any] = {
        "key": review_key(about.digest, who.digest, told, llm.digest, sample),
        "slug": about.slug,
        "dossier": about.digest,
        "persona": who.id,
        "persona_digest": who.digest,
        "prompt": told,
        "llm": llm.digest,
        "llm_label": llm.label,
        "answered_by": None if llm.is_rubric else llm.name,
        "sample": sample,
        "verdict": result if isinstance(result, Verdict) else None,
        "failure": result if isinstance(result, Failure) else None,
        "usage": Usage() if llm.is_rubric else usage,
        "cost": None if llm.is_rubric else Decimal("0.0083"),
        "exchanges": () if llm.is_rubric else (sha(f"{who.id} {sample}"),),
    }
    return Review(**{**settings, **changes})


def scorecard(about: Dossier, reviews: Sequence[Review], **changes: Any) -> Scorecard:
    """A plausible reduction for tests; the real one is `panel.domain`'s own."""
    seats = list(dict.fromkeys(row.persona for row in reviews))
    groups = [[row for row in reviews if row.persona == seat] for seat in seats]
    results = [_result(rows) for rows in groups]
    ships = sum(result.call == "ship" for result in results)
    skips = sum(result.call == "skip" for result in results)
    answered = sum(result.answered > 0 for result in results)
    outcome: Literal["ship", "skip", "split", "no_quorum"] = "split"
    if answered * 2 <= len(seats):
        outcome = "no_quorum"
    elif ships != skips:
        outcome = "ship" if ships > skips else "skip"
    opposite = {"ship": "skip", "skip": "ship"}.get(outcome)
    quorate = outcome != "no_quorum"
    flags = [flag for row in reviews for flag in row.flags]
    price = about.price
    settings: dict[str, Any] = {
        "run": RUN,
        "slug": about.slug,
        "name": about.name,
        "vendor": about.vendor,
        "dossier": about.digest,
        "as_of": about.as_of,
        "newest_fact": about.newest_fact,
        "drafted_by": reviews[0].llm_label,
        "outcome": outcome,
        "ships": ships,
        "skips": skips,
        "answered": answered,
        "seats": len(seats),
        "samples": max(row.sample for row in reviews),
        "quorum": len(seats) // 2 + 1,
        "rate": ships / answered if quorate else None,
        "interval": wilson(ships, answered) if quorate else None,
        "dissent": tuple(result.persona for result in results if result.call == opposite)
        if opposite
        else (),
        "results": tuple(results),
        "open_conflicts": tuple(conflict.id for conflict in about.open_conflicts),
        "blocking": sum(flag.severity == "blocks" for flag in flags),
        "warnings": sum(flag.severity == "warns" for flag in flags),
        "same_vendor": (),
        "pricing": PricingRead(
            entry=price.entry,
            input_per_million=price.input_per_million,
            output_per_million=price.output_per_million,
            currency=price.currency,
            facts=price.facts,
            disputed=any(about.disputes(fact_id) for fact_id in price.facts),
        ),
        "cost": None
        if any(row.cost is None for row in reviews)
        else sum((row.cost or Decimal(0) for row in reviews), Decimal(0)),
    }
    return Scorecard(**{**settings, **changes})


def wilson(ships: int, answered: int) -> Interval:
    """Wilson's score interval, Wilson 1927."""
    z, share = 1.959964, ships / answered
    middle = (share + z * z / (2 * answered)) / (1 + z * z / answered)
    root = (share * (1 - share) / answered + z * z / (4 * answered * answered)) ** 0.5
    half = z * root / (1 + z * z / answered)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Interval(low=round(low, 6), high=round(high, 6), method="wilson", n=answered)


def _result(rows: Sequence[Review]) -> SeatResult:
    calls = [row.verdict.call for row in rows if row.verdict]
    ships = calls.count("ship")
    call: Call | None = None
    if ships * 2 != len(calls):
        call = "ship" if ships * 2 > len(calls) else "skip"
    return SeatResult(
        persona=rows[0].persona,
        llm_label=rows[0].llm_label,
        call=call,
        ships=ships,
        answered=len(calls),
        samples=len(rows),
        same_vendor=False,
        reviews=tuple(row.key for row in rows),
    )


def run(about: Sequence[Dossier], panel: Sequence[Persona], **changes: Any) -> Run:
    """A finished run."""
    llm = changes.pop("llm", LLM)
    samples = changes.pop("samples", 1)
    order = Order(
        dossiers=tuple(OrderedDossier(slug=one.slug, digest=one.digest) for one in about),
        seats=tuple(Seat(persona=who.id, digest=who.digest, llm=llm) for who in panel),
        samples=samples,
        quorum=len(panel) // 2 + 1,
        templates={"rules.md.j2": sha("rules")},
        earlier={who.id: digest_of("earlier", []) for who in panel},
        versions={"shipskip": "0.1.0", "checks": "1"},
    )
    settings: dict[str, Any] = {
        "id": RUN,
        "created": dt.datetime(2026, 5, 2, 8, 30, tzinfo=dt.UTC),
        "order": order,
        "state": "finished",
    }
    return Run(**{**settings, **changes})
