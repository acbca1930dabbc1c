"""Has an llm list what a source states, and takes only what code then finds in the source.

The llm sees one piece of one source and nothing else: no persona, no verdict, no other source.
Texts of strangers travel as values of the templates, which are never made of them.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, cast

import instructor
from instructor.core import IncompleteOutputException, InstructorRetryException
from openai import APIStatusError, AsyncOpenAI, OpenAIError
from pydantic import ValidationError

from panel.domain.intake.aside import asides
from panel.domain.intake.candidate import Candidate
from panel.domain.intake.checking import Claim, RefusedClaimError, checked
from panel.domain.intake.extraction import Allowance, Extracted, Planned, Refusal
from panel.domain.intake.pieces import PIECE, Piece, defused, pieces
from panel.domain.intake.reading import Reading
from panel.domain.intake.subject import Subject
from panel.domain.llm import LlmSettings, OutputMode
from panel.domain.value import digest_of
from panel.errors import EndpointError
from panel.intake.answer import MAX_FACTS, Extraction, claims_in, strictly
from panel.intake.keeping import Keeping

MENDS = 2
"""How often an answer is sent back to be mended; what is wrong then is left out."""

Afford = Callable[[int, int, int], Allowance]
"""What a question of so many letters may cost after so many tokens in and out of this source."""

_SMALLEST_PIECE = 1500
_FORM = len(json.dumps(Extraction.model_json_schema()))
"""Letters of the schema that goes with every question."""
_BROKE = "the cap on what may be spent is reached; raise --max-cost and build again to go on"
_FATAL = frozenset({401, 402, 403, 404})
_MODES: Mapping[OutputMode, instructor.Mode] = {
    "native": instructor.Mode.JSON_SCHEMA,
    "tool": instructor.Mode.TOOLS,
    "prompted": instructor.Mode.JSON,
}


class Extractor:
    """Extracts candidate facts about one model.

    Args:
        client: Speaks to the llm; its transport may record.
        llm: Which llm, how.
        rules: Template of the system message.
        source: Template of the user message; it is handed the article as a value.
        subject: The model under review.
        keeping: Keeps answers, so that none is paid for twice.
        size: Most letters of a piece.
        afford: What a question may still cost; nothing bounds it unless given.
    """

    def __init__(
        self,
        client: AsyncOpenAI,
        llm: LlmSettings,
        *,
        rules: str,
        source: str,
        subject: Subject,
        keeping: Keeping,
        size: int = PIECE,
        afford: Afford | None = None,
    ) -> None:
        logging.getLogger("instructor").setLevel(logging.CRITICAL)  # it logs whole articles
        self._client = client
        self._llm = llm
        self._messages = ({"role": "system", "content": rules}, {"role": "user", "content": source})
        self._subject = subject
        self._keeping = keeping
        self._size = size
        whole = Allowance(mends=MENDS, tokens=llm.max_tokens)
        self._afford: Afford = afford or (lambda _in, _out, _letters: whole)

    def plan(self, reading: Reading) -> Planned:
        """What extracting from a source will take.

        Args:
            reading: The source.
        """
        cut = self._pieces(reading)
        todo = [one for one in cut if self._kept(reading, one) is None]
        letters = sum(self._letters(one.text) for one in todo)
        return Planned(calls=len(todo), letters=letters, kept=len(cut) - len(todo))

    async def extract(
        self, reading: Reading, source: str, told: Callable[[int, int], None] | None = None
    ) -> Extracted:
        """Take the facts of one source.

        Args:
            reading: The source; without usable text nobody is asked.
            source: Its id in the dossier.
            told: Is told before each piece how many of how many are done.

        Raises:
            EndpointError: No call can succeed there.
            StoreError: An answer cannot be kept.
        """
        cut = self._pieces(reading)
        tally = _Tally()
        claims: list[Claim] = []
        for at, piece in enumerate(cut):
            if told:
                told(at, len(cut))
            answer = self._kept(reading, piece)
            if answer is None:
                answer = await self._asked(reading, piece, source, tally)
            else:
                tally.kept += 1
            claims += answer or ()
        return self._taken(claims, reading, source, tally)

    def _letters(self, article: str) -> int:
        """Letters of a question about a text: rules, text and form of the answer."""
        return len(article) + _FORM + sum(len(one["content"]) for one in self._messages)

    def _pieces(self, reading: Reading) -> tuple[Piece, ...]:
        if not reading.usable or reading.sha256 is None:
            return ()
        further = asides(reading.text, self._subject.names)
        return pieces(reading.text, without=further, size=self._size)

    def _taken(
        self, claims: Sequence[Claim], reading: Reading, source: str, tally: "_Tally"
    ) -> Extracted:
        """Each claim once, held against the source again: kept answers are no better than new."""
        found: dict[tuple[str, str, str | None], Candidate] = {}
        refused: dict[str, Refusal] = {}
        for claim in claims:
            try:
                one = checked(claim, reading, self._subject, source)
            except RefusedClaimError as error:
                reason = str(error)
                refused[f"{claim.quote}{reason}"] = Refusal(quote=claim.quote, reason=reason)
                continue
            found.setdefault((one.attribute, one.quote.casefold(), one.value), one)
        return Extracted(
            candidates=tuple(found.values()),
            refused=tuple(refused.values()),
            calls=tally.calls,
            kept=tally.kept,
            input_tokens=tally.input_tokens,
            output_tokens=tally.output_tokens,
            fault=tally.fault,
        )

    def _key(self, reading: Reading, piece: Piece) -> str:
        asked = [*(message["content"] for message in self._messages), self._llm.digest]
        return digest_of("extraction", [*asked, self._context(reading, piece, "")])

    def _kept(self, reading: Reading, piece: Piece) -> list[Claim] | None:
        said = self._keeping.answer(reading.sha256 or "", self._key(reading, piece))
        try:
            return [Claim.model_validate(one) for one in said["facts"]] if said else None
        except (ValidationError, KeyError, TypeError):
            return None

    def _context(self, reading: Reading, piece: Piece, fence: str) -> dict[str, Any]:
        """Values of the templates."""
        return {
            "name": self._subject.name,
            "vendor": self._subject.vendor,
            "others": ", ".join(self._subject.others),
            "title": defused(reading.title) or "untitled",
            "publisher": defused(reading.publisher) or "an unnamed publisher",
            "published": str(reading.published or "an unknown day"),
            "read": str(reading.read),
            "under": defused(piece.under),
            "article": defused(piece.text),
            "fence": fence,
        }

    async def _asked(
        self, reading: Reading, piece: Piece, source: str, tally: "_Tally"
    ) -> list[Claim] | None:
        """What the llm lists for a piece; None when it cannot be asked."""
        key = self._key(reading, piece)

        def check(claim: Claim) -> None:
            checked(claim, reading, self._subject, source)

        context = {**self._context(reading, piece, f"source {key[:24]}"), "check": check}
        try:
            letters = self._letters(piece.text)
            may = self._afford(tally.input_tokens, tally.output_tokens, letters)
            if not may.tokens:
                tally.fault = _BROKE
                return None
            found = await self._call(context, tally, may)
            if len(found) >= MAX_FACTS and len(piece.text) > 2 * _SMALLEST_PIECE:
                found = await self._halved(reading, piece, source, tally)  # there may be more
        except IncompleteOutputException:
            found = await self._halved(reading, piece, source, tally)
        except OpenAIError as error:
            tally.fault = _fault(error)
            return None
        if found is None:
            return None
        self._keeping.keep_answer(
            reading.sha256 or "", key, {"facts": [one.model_dump() for one in found]}
        )
        return found

    async def _halved(
        self, reading: Reading, piece: Piece, source: str, tally: "_Tally"
    ) -> list[Claim] | None:
        """An answer that was cut off lists more facts than fit: ask about each half."""
        size = len(piece.text) * 2 // 3
        if size < _SMALLEST_PIECE:
            tally.fault = "the llm's answer was cut off; raise max_tokens"
            return None
        found: list[Claim] = []
        for half in pieces(piece.text, size=size, overlap=min(500, size // 4)):
            kept = self._kept(reading, half)
            answer = kept if kept is not None else await self._asked(reading, half, source, tally)
            if answer is None:
                return None
            found += answer
        return found

    async def _call(
        self, context: Mapping[str, Any], tally: "_Tally", may: Allowance
    ) -> list[Claim]:
        # one for each call, since its hooks belong to it
        client = instructor.from_openai(self._client, mode=_MODES[self._llm.output_mode])
        replies: list[Any] = []

        def note(response: Any) -> None:
            replies.append(response)
            tally.note(response)

        client.on("completion:response", note)
        client.on("completion:kwargs", strictly)
        options: dict[str, Any] = {"max_tokens": may.tokens, "seed": self._llm.seed}
        if self._llm.temperature is not None:
            options["temperature"] = self._llm.temperature
        if self._llm.service_tier:
            options["service_tier"] = self._llm.service_tier
        try:
            await client.create(
                model=self._llm.name,
                response_model=Extraction,
                messages=cast("Any", [*self._messages]),
                context=dict(context),
                max_retries=may.mends,
                **options,
            )
        except InstructorRetryException as error:
            cause = error.__cause__
            if isinstance(cause, IncompleteOutputException | OpenAIError):
                raise cause from None
        return [*_sound(replies[:-1], context["check"]), *claims_in(replies[-1:])]


class _Tally:
    """What extracting has taken so far."""

    def __init__(self) -> None:
        self.calls = self.kept = self.input_tokens = self.output_tokens = 0
        self.fault = ""

    def note(self, response: Any) -> None:
        """Count one answer."""
        self.calls += 1
        usage = getattr(response, "usage", None)
        self.input_tokens += getattr(usage, "prompt_tokens", 0) or 0
        self.output_tokens += getattr(usage, "completion_tokens", 0) or 0


def _sound(replies: Sequence[Any], check: Callable[[Claim], None]) -> Iterator[Claim]:
    """The sound facts of answers that were sent back; the next answer may leave them out."""
    for claim in claims_in(replies):
        with suppress(RefusedClaimError):
            check(claim)
            yield claim


def _fault(error: OpenAIError) -> str:
    """What to tell of a source that could not be asked about.

    Raises:
        EndpointError: No other source can be, either.
    """
    if isinstance(error, APIStatusError) and error.status_code in _FATAL:
        raise EndpointError(
            f"the llm endpoint refuses to extract: {error.status_code} {error.message}",
            remedy="check the key, the name and the address with `shipskip doctor`",
        ) from error
    return f"the llm did not answer: {type(error).__name__}; build again to go on from here"
