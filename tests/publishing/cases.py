"""One case per way a scorecard can come out, each with everything that made it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from panel.domain.dossier import Dossier, Price
from panel.domain.fact import Conflict
from panel.domain.llm import OFFLINE
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.review import Failure, Review
from panel.domain.run import Run
from panel.domain.scorecard import Interval, Scorecard
from panel.domain.verdict import Call, Citation, Prediction
from panel.publishing.bundle import Bundle, Part
from panel.publishing.card import CardView
from panel.publishing.view import card_view
from tests.publishing import dossiers as made
from tests.publishing import factories as make


@dataclass(frozen=True)
class Case:
    """A scorecard and what it was made from."""

    card: Scorecard
    reviews: tuple[Review, ...]
    dossier: Dossier
    personas: tuple[Persona, ...]
    run: Run

    @property
    def view(self) -> CardView:
        """The scorecard in words."""
        return card_view(self.card, self.reviews, self.dossier, self.personas)

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """What the seats were told."""
        return tuple(make.prompt(self.dossier, who) for who in self.personas)

    @property
    def bundle(self) -> Bundle:
        """What a run of this one dossier leaves."""
        return bundle_of(self.run, self.personas, [self.part], self.prompts)

    @property
    def part(self) -> Part:
        """What it leaves about its dossier."""
        return Part(self.dossier, self.reviews, self.card)


def bundle_of(
    run: Run, personas: Sequence[Persona], parts: Sequence[Part], prompts: Sequence[Prompt] = ()
) -> Bundle:
    """A bundle from values at hand."""
    told = sorted(prompts, key=lambda prompt: prompt.digest)
    return Bundle(run, tuple(personas), lambda: parts, lambda _: told)


def _case(dossier: Dossier, reviews: list[Review], **changes: object) -> Case:
    panel = make.personas()
    run = make.run((dossier,), panel)
    return Case(make.scorecard(dossier, reviews, **changes), tuple(reviews), dossier, panel, run)


def skip_with_dissent() -> Case:
    """Four skips and one ship; flags that overlap; a forecast."""
    about = made.dossier()
    panel = make.personas()
    forecast = make.verdict(
        "skip",
        headline="The trend is real, this release is not it",
        predictions=(Prediction(statement="Open weights arrive.", by=dt.date(2027, 3, 1)),),
    )
    quote = forecast.quote
    flags = (
        make.flag(make.span(quote, "selected partners only, no benchmark")),
        make.flag(make.span(quote, "no benchmark results"), "relies-on-conflict", "blocks"),
        make.flag(make.span(forecast.headline, "trend", "headline"), "banned-word"),
        make.flag(None, "length"),
    )
    calls = ("skip", "skip", forecast, "skip", "ship")
    reviews = [
        make.review(about, who, call, flags=flags if call is forecast else ())
        for who, call in zip(panel, calls, strict=True)
    ]
    return _case(about, reviews)


def ship_with_failure() -> Case:
    """Three ships, one skip, one failed seat with a page of HTML; cost unknown; same vendor."""
    about = made.dossier()
    panel = make.personas()
    broken = make.failure("not-an-api", detail="<html>\x1b[31m\n<b>502</b></html>", retryable=False)
    calls = ("ship", "skip", "ship", broken, "ship")
    reviews = [
        make.review(about, who, call, cost=None) for who, call in zip(panel, calls, strict=True)
    ]
    case = _case(about, reviews, same_vendor=("developer", "creator"))
    results = tuple(
        result.model_copy(update={"same_vendor": result.persona in case.card.same_vendor})
        for result in case.card.results
    )
    card = case.card.model_copy(update={"results": results})
    return Case(card, case.reviews, about, case.personas, case.run)


def split_by_rubric() -> Case:
    """The offline judge; two against two and one that could not be asked twice."""
    about = made.dossier()
    panel = make.personas()
    calls = ("ship", "ship", "skip", "skip", make.failure("recused", retryable=False))
    reviews = [
        make.review(about, who, call, llm=OFFLINE) for who, call in zip(panel, calls, strict=True)
    ]
    case = _case(about, reviews)
    return Case(case.card, case.reviews, about, panel, make.run((about,), panel, llm=OFFLINE))


def no_quorum() -> Case:
    """Every seat failed; the price is unknown."""
    about = made.dossier(price=Price(), released=None, licence=None, access=None, conflicts=())
    reviews = [
        make.review(about, who, make.failure("rate-limited"), answered_by=None)
        for who in make.personas()
    ]
    return _case(about, reviews)


def samples_with_bootstrap() -> Case:
    """Three samples a seat, one seat evenly split after a failure; disputed price."""
    about = made.dossier(
        conflicts=(
            Conflict(id="C1", attribute="licence", facts=("F2", "F3"), note="Open or closed."),
            Conflict(id="C2", attribute="price", facts=("F6", "F7"), note="Free or not."),
        ),
        facts=tuple(
            fact.model_copy(update={"attribute": "price"}) if fact.id in {"F6", "F7"} else fact
            for fact in made.facts()
        ),
    )
    panel = make.personas()
    calls: Sequence[Sequence[Call | Failure]] = (
        ("ship", "ship", "skip"),
        ("skip", "skip", "skip"),
        ("ship", "skip", make.failure()),
        ("ship", "ship", "ship"),
        ("skip", "ship", "ship"),
    )
    reviews = [
        make.review(about, who, call, sample=sample)
        for who, row in zip(panel, calls, strict=True)
        for sample, call in enumerate(row, start=1)
    ]
    interval = Interval(low=0.27, high=0.87, method="bootstrap", n=5)
    case = _case(about, reviews, rate=8 / 14, interval=interval, cost=Decimal("0.12"))
    run = make.run((about,), panel, samples=3)
    return Case(case.card, case.reviews, about, panel, run)


def unknown_citation() -> Case:
    """A citation of a fact nobody was shown, and one whose phrase is not in the quote."""
    about = made.dossier()
    odd = make.verdict(
        "ship",
        citations=(
            Citation(phrase="free to use", facts=("F99",)),
            Citation(phrase="words that are not there", facts=("F1",)),
        ),
    )
    flags = (make.flag(None, "unknown-fact", "blocks"),)
    reviews = [make.review(about, who, odd, flags=flags) for who in make.personas()]
    return _case(about, reviews)


CASES: dict[str, Callable[[], Case]] = {
    "skip-with-dissent": skip_with_dissent,
    "ship-with-failure": ship_with_failure,
    "split-by-rubric": split_by_rubric,
    "no-quorum": no_quorum,
    "samples-with-bootstrap": samples_with_bootstrap,
    "unknown-citation": unknown_citation,
}
