"""All that an editor can change of a draft, as a flat set of named fields.

Differences, merges and restored versions are taken over fields, so that whatever is editable is
kept, compared and brought back in one way.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    JsonValue,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from panel.domain.dossier import Money
from panel.domain.review import Review
from panel.domain.run import RunId
from panel.domain.scorecard import Scorecard
from panel.domain.value import Digest, Line, Slug, Text, Value, clean_answer
from panel.domain.verdict import Verdict
from panel.errors import InputError, Problem

Fields = Mapping[str, JsonValue]
"""Editable values by path, e.g. `skeptic.1.headline`, in JSON types."""

Checked = TypeVar("Checked")

VERDICT_FIELDS = tuple(Verdict.model_fields)
_SEAT_FIELDS = ("origin", "rejected", *VERDICT_FIELDS)
_PRICING = ("entry", "input_per_million", "output_per_million")


class Origin(Value):
    """Who wrote the verdict an editor starts from.

    Attributes:
        kind: `panel` for the run's own draft, `sample` for another sample asked for at the desk,
            `hand` for one written by an editor.
        run: The run of another sample; None otherwise.
        review: Key of its review; None otherwise.
    """

    kind: Literal["panel", "sample", "hand"] = "panel"
    run: RunId | None = None
    review: Digest | None = None


def _line_or_nothing(text: str) -> str:
    return clean_answer(text) if text.strip() else ""


_Why = Annotated[str, StringConstraints(max_length=400), AfterValidator(_line_or_nothing)]


class SeatContent(Value):
    """One seat and sample as it stands on the draft.

    Attributes:
        persona: Id of the persona.
        sample: Sample number, counted from 1.
        origin: Who wrote the verdict first.
        rejected: Why an editor rejected it; empty while it stands.
        verdict: The verdict; None when the seat failed.
    """

    persona: Slug
    sample: Annotated[int, Field(ge=1)]
    origin: Origin = Origin()
    rejected: _Why = ""
    verdict: Verdict | None = None

    @property
    def path(self) -> str:
        """Where its fields stand, e.g. `skeptic.1`."""
        return seat_path(self.persona, self.sample)


class Pricing(Value):
    """What the draft says about the price; None reads "unknown".

    Attributes:
        entry: Cheapest way in, in words.
        input_per_million: Price per million input tokens, in the dossier's currency.
        output_per_million: Price per million output tokens, likewise.
    """

    entry: Line | None = None
    input_per_million: Money | None = None
    output_per_million: Money | None = None


class Content(Value):
    """All that can be edited of one draft.

    Attributes:
        summary: The paragraphs above the scorecard.
        pricing: What the draft says about the price.
        seats: Every seat and sample, in the order of the panel.
    """

    summary: Text
    pricing: Pricing
    seats: tuple[SeatContent, ...]

    def seat(self, persona: str, sample: int) -> SeatContent | None:
        """One seat; None when the panel has no such seat."""
        return next(
            (seat for seat in self.seats if (seat.persona, seat.sample) == (persona, sample)), None
        )


def seat_path(persona: str, sample: int) -> str:
    """Where the fields of a seat stand.

    Args:
        persona: Id of the persona.
        sample: Sample number.
    """
    return f"{persona}.{sample}"


def drafted(card: Scorecard, reviews: Sequence[Review], summary: str) -> Content:
    """The content of a draft that nobody has touched.

    Args:
        card: The panel's scorecard.
        reviews: Its reviews, in the order of the panel.
        summary: The dossier's summary.
    """
    read = card.pricing
    return Content(
        summary=summary,
        pricing=Pricing(
            entry=read.entry,
            input_per_million=read.input_per_million,
            output_per_million=read.output_per_million,
        ),
        seats=tuple(
            SeatContent(persona=one.persona, sample=one.sample, verdict=one.verdict)
            for one in reviews
        ),
    )


def fields_of(content: Content) -> dict[str, JsonValue]:
    """Every field of a content by its path.

    Args:
        content: The content.
    """
    return dict(_fields(content))


def _fields(content: Content) -> Iterator[tuple[str, JsonValue]]:
    yield "summary", content.summary
    pricing = content.pricing.model_dump(mode="json")
    for name in _PRICING:
        yield f"pricing.{name}", pricing[name]
    for seat in content.seats:
        yield f"{seat.path}.origin", seat.origin.model_dump(mode="json")
        yield f"{seat.path}.rejected", seat.rejected
        verdict = seat.verdict.model_dump(mode="json") if seat.verdict else {}
        for name in VERDICT_FIELDS:
            yield f"{seat.path}.{name}", verdict.get(name)


def changed(old: Content, new: Content) -> dict[str, JsonValue]:
    """The fields in which a content differs from an older one, with their new values.

    Args:
        old: The older one.
        new: The newer one, with the same seats.
    """
    before = fields_of(old)
    return {path: value for path, value in fields_of(new).items() if before[path] != value}


def with_fields(content: Content, changes: Fields) -> Content:
    """A content with some fields changed; all of it is validated again.

    Args:
        content: The content.
        changes: New values by path.

    Returns:
        The new content.

    Raises:
        InputError: A path is none of this content's, or a value is not allowed there; every
            problem has the path as its key.
    """
    known = fields_of(content)
    problems = [
        Problem("this draft has no such field", "reload the page", key=path)
        for path in changes
        if path not in known
    ]
    values, seats = known | dict(changes), list[SeatContent]()
    for seat in content.seats:
        if any(path.startswith(f"{seat.path}.") for path in changes):
            changed_seat = _seat(seat, values, problems)
            seats.append(changed_seat or seat)
        else:
            seats.append(seat)
    summary = _checked(_TEXT, values["summary"], "summary", problems)
    prices = {name: values[f"pricing.{name}"] for name in _PRICING}
    pricing = _checked(_PRICES, prices, "pricing", problems)
    if problems or summary is None or pricing is None:
        raise InputError(problems)
    return Content(summary=summary, pricing=pricing, seats=tuple(seats))


def _unix(text: Any) -> Any:
    """Forms send line ends as CR LF."""
    return text.replace("\r\n", "\n") if isinstance(text, str) else text


_TEXT: TypeAdapter[str] = TypeAdapter(Annotated[Text, BeforeValidator(_unix)])
_PRICES: TypeAdapter[Pricing] = TypeAdapter(Pricing)
_VERDICT: TypeAdapter[Verdict] = TypeAdapter(Verdict)
_SEAT: TypeAdapter[SeatContent] = TypeAdapter(SeatContent)


def _seat(
    seat: SeatContent, values: Mapping[str, JsonValue], problems: list[Problem]
) -> SeatContent | None:
    own = {name: values[f"{seat.path}.{name}"] for name in _SEAT_FIELDS}
    written = {name: own[name] for name in VERDICT_FIELDS}
    verdict = None
    if any(value is not None for value in written.values()):
        given = {name: value for name, value in written.items() if value is not None}
        verdict = _checked(_VERDICT, given, seat.path, problems)
        if verdict is None:
            return None
    rest = {"persona": seat.persona, "sample": seat.sample, "verdict": None}
    rest |= {"origin": own["origin"], "rejected": own["rejected"]}
    found = _checked(_SEAT, rest, seat.path, problems)
    return found and found.model_copy(update={"verdict": verdict})


def _checked(
    adapter: TypeAdapter[Checked], value: Any, path: str, problems: list[Problem]
) -> Checked | None:
    """A validated value, or None and its problems noted by path."""
    try:
        return adapter.validate_json(json.dumps(value))
    except ValidationError as error:
        for one in error.errors():
            inner = "".join(
                f"[{part}]" if isinstance(part, int) else f".{part}" for part in one["loc"]
            )
            problems.append(Problem(_words(one["type"], one["msg"]), key=f"{path}{inner}"))
        return None


def _words(kind: str, message: str) -> str:
    if kind == "missing":
        return "is empty; a verdict needs it"
    if kind == "json_invalid":
        return "holds half a character; delete it"
    return message.removeprefix("Value error, ")
