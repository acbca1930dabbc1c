"""Joins the extractor to an llm of the settings: client, prompts, price and cap."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from panel.bootstrap.house import House
from panel.domain.fact import Fact
from panel.domain.intake.extraction import Allowance
from panel.domain.intake.reading import Reading
from panel.domain.intake.subject import Subject
from panel.domain.llm import LlmSettings
from panel.domain.review import Usage
from panel.errors import InputError, SpendingError
from panel.intake import extract, propose
from panel.intake.extract import Extracted, Extractor
from panel.intake.keeping import Keeping
from panel.intake.propose import Proposed, Proposer
from panel.judging.aio_transport import AioTransport
from panel.judging.endpoints import Endpoints
from panel.judging.price import cost_of

_RULES, _SOURCE = "extract-rules", "extract-source"
_PAIR_RULES, _PAIR_FACTS = "propose-rules", "propose-facts"
_LETTERS_PER_TOKEN = 4
_FEWEST_LETTERS = 3
"""Letters of a token where a cap must hold; other scripts and odd words have shorter ones."""
_PROPOSING = 4000
"""Letters of the rules and the form that go with a question for contradictions."""
_USUAL_ANSWER = 1500
"""Tokens of an ordinary answer: some twenty facts as JSON."""
_SHORT_ANSWER = 500
"""Fewest tokens with which it is worth asking; an answer that is cut off is asked for in halves."""


@dataclass(frozen=True)
class Forecast:
    """What extracting will take, told before anything is spent.

    Attributes:
        calls: Requests at least.
        tokens: Tokens sent at least.
        kept: Pieces whose answers are there already and cost nothing.
        cost: Usual cost in USD; None when the price is unknown.
    """

    calls: int
    tokens: int
    kept: int
    cost: Decimal | None


@dataclass
class Extracting:
    """Extracts source after source, within the cap of the settings.

    Attributes:
        extractor: Takes the facts of one source.
        proposer: Points at facts that cannot both be true.
        llm: Which llm is asked.
        cap: Most USD that may be spent; None for no cap.
        allow_unknown: Whether an llm of unknown price may be asked under a cap.
        spent: USD spent so far; None once a price was unknown.
    """

    extractor: Extractor
    proposer: Proposer
    llm: LlmSettings
    cap: Decimal | None
    allow_unknown: bool
    spent: Decimal | None = field(default=Decimal(0))

    def forecast(self, readings: Sequence[Reading]) -> Forecast:
        """What extracting from some sources will take.

        Args:
            readings: The sources.

        Raises:
            SpendingError: It costs more than the cap, or nobody knows.
        """
        plans = [self.extractor.plan(reading) for reading in readings]
        calls = sum(plan.calls for plan in plans)
        letters = sum(plan.letters for plan in plans)
        cost = self._cost(calls, letters)
        self._refuse(cost)
        tokens = letters // _LETTERS_PER_TOKEN
        return Forecast(calls, tokens, sum(plan.kept for plan in plans), cost)

    async def extract(
        self, reading: Reading, source: str, told: Callable[[int, int], None]
    ) -> Extracted:
        """Take the facts of one source and count what it cost.

        Args:
            reading: The source.
            source: Its id in the dossier.
            told: Is told before each piece how many of how many are done.

        Raises:
            SpendingError: The cap is reached; what was answered is kept.
        """
        plan = self.extractor.plan(reading)
        if not self._may_spend(self._cost(plan.calls, plan.letters)):
            raise SpendingError(
                f"{self.spent:.4f} USD are spent and the next source would pass the cap of"
                f" {self.cap} USD",
                remedy="raise --max-cost and build again; what was answered is kept",
            )
        found = await self.extractor.extract(reading, source, told)
        self._pay(found)
        return found

    async def propose(self, name: str, facts: Sequence[Fact], sha256: str) -> Proposed:
        """Pairs of facts that the llm thinks cannot both be true; none once the cap is reached.

        Args:
            name: The model's name.
            facts: The facts.
            sha256: Digest of the source beside which the answer is kept.
        """
        letters = sum(len(fact.model_dump_json()) for fact in facts) + _PROPOSING
        may = self._allowed(letters, propose.MENDS, Usage())
        found = await self.proposer.propose(name, facts, sha256, may)
        self._pay(found)
        return found

    def afford(self, tokens_in: int, tokens_out: int, letters: int) -> Allowance:
        """What a question about a source may still cost, so that the cap holds, mends included.

        Args:
            tokens_in: Tokens sent for this source so far, which are not paid yet.
            tokens_out: Tokens received for it.
            letters: Letters of the question.
        """
        unpaid = Usage(input_tokens=tokens_in, output_tokens=tokens_out)
        return self._allowed(letters, extract.MENDS, unpaid)

    def _allowed(self, letters: int, mends: int, unpaid: Usage) -> Allowance:
        """As many mends as the cap leaves room for at their dearest, else a shorter answer."""
        most = self.llm.max_tokens
        owed = cost_of(self.llm, unpaid)
        if self.cap is None or self.spent is None or owed is None:
            return Allowance(mends=mends, tokens=most)
        left = self.cap - self.spent - owed
        asked = letters // _FEWEST_LETTERS
        for often in range(mends, -1, -1):
            if self._dearest(asked, often, most) <= left:
                return Allowance(mends=often, tokens=most)
        a_token = self._dearest(0, 0, 1000) / 1000
        rest = left - self._dearest(asked, 0, 0)
        tokens = int(rest / a_token) if a_token else most
        return Allowance(mends=0, tokens=tokens if tokens >= _SHORT_ANSWER else 0)

    def _dearest(self, asked: int, mends: int, answer: int) -> Decimal:
        """Most a question can cost: each mend sends all that went before once more."""
        calls = mends + 1
        sent = calls * asked + answer * mends * calls  # an answer, and as much on what is wrong
        usage = Usage(input_tokens=sent, output_tokens=calls * answer)
        return cost_of(self.llm, usage) or Decimal(0)

    def _cost(self, calls: int, letters: int) -> Decimal | None:
        """What some calls usually cost; None when nobody knows."""
        tokens = letters // _LETTERS_PER_TOKEN
        usage = Usage(input_tokens=tokens, output_tokens=calls * _USUAL_ANSWER)
        return cost_of(self.llm, usage) if calls else Decimal(0)

    def _may_spend(self, cost: Decimal | None) -> bool:
        if self.cap is None or self.spent is None or not cost:
            return True
        return self.spent + cost <= self.cap

    def _pay(self, found: Extracted | Proposed) -> None:
        usage = Usage(input_tokens=found.input_tokens, output_tokens=found.output_tokens)
        cost = cost_of(self.llm, usage) if found.calls else Decimal(0)
        self.spent = None if cost is None or self.spent is None else self.spent + cost

    def _refuse(self, cost: Decimal | None) -> None:
        if self.cap is None:
            return
        if cost is None and not self.allow_unknown:
            raise SpendingError(
                f"the cost of extracting is unknown and the cap is {self.cap} USD",
                remedy="give --input-price and --output-price in the settings, allow unknown cost,"
                " or leave --max-cost out",
            )
        if cost is not None and cost > self.cap:
            raise SpendingError(
                f"extracting costs about {cost:.4f} USD; the cap is {self.cap} USD",
                remedy="raise --max-cost, take fewer sources, or a cheaper llm",
            )


@asynccontextmanager
async def extracting(
    house: House, subject: Subject, keeping: Keeping
) -> AsyncGenerator[Extracting | None]:
    """The extractor of the settings' llm; None when no llm is set.

    Args:
        house: Workspace and settings.
        subject: The model under review.
        keeping: Where answers are kept.

    Raises:
        InputError: The llm cannot be opened, or does not speak the OpenAI protocol.
    """
    llm = house.llm()
    if llm.is_rubric:
        yield None
        return
    settings = house.settings
    wire = AioTransport(4)
    endpoints = Endpoints(wire, timeout=settings.timeout, max_retries=settings.max_retries)
    try:
        client = _client(endpoints, llm)

        def afford(tokens_in: int, tokens_out: int, letters: int) -> Allowance:
            return work.afford(tokens_in, tokens_out, letters)

        extractor = Extractor(
            client,
            llm,
            rules=_prompt(house, _RULES),
            source=_prompt(house, _SOURCE),
            subject=subject,
            keeping=keeping,
            afford=afford,
        )
        proposer = Proposer(
            client,
            llm,
            rules=_prompt(house, _PAIR_RULES),
            facts=_prompt(house, _PAIR_FACTS),
            keeping=keeping,
        )
        work = Extracting(extractor, proposer, llm, settings.max_cost, settings.allow_unknown_cost)
        yield work
    finally:
        await endpoints.close()


def _client(endpoints: Endpoints, llm: LlmSettings) -> Any:
    """The llm's own client under the judge's model, if it speaks the OpenAI protocol."""
    client = getattr(endpoints.open(llm), "client", None)
    if client is None or not hasattr(client, "chat"):
        raise InputError(
            f"llm {llm.label} cannot extract: its library does not speak the OpenAI protocol",
            remedy="name it through an OpenAI-compatible address with --base-url",
        )
    return client


def _prompt(house: House, name: str) -> str:
    return house.workspace.files("prompts", ".md.j2")[name].read_text(encoding="utf-8")
