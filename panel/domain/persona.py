"""A persona: one reviewer as data. A new one is a new file, never new code."""

from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from panel.domain.fact import Topic
from panel.domain.value import Line, Slug, Text, Value, digest_of

Weight = Annotated[float, Field(ge=-5, le=5, allow_inf_nan=False)]

LlmName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(/[a-z0-9-]+)?:\S+$", max_length=120)
]
"""An llm as `KIND:NAME`, e.g. `openai-chat:gpt-5.5`."""


Frame = Annotated[Line, StringConstraints(max_length=240)]
"""A sentence frame; short, so that a draft made of them stays within the bounds of a verdict."""


class TopicWeight(Value):
    """How much a fact on one topic moves this persona, by the way the fact leans.

    Attributes:
        pro: Added for a fact that leans for.
        contra: Subtracted for a fact that leans against.
    """

    pro: Weight
    contra: Weight


class Phrases(Value):
    """Sentence frames for the offline rubric judge, which has no language of its own.

    The only placeholders are `{model}`, `{facts}`, `{topic}` and `{date}`, filled by plain
    replacement; any other brace is printed as it stands. Each frame is a whole sentence or more,
    but for the headlines and `silence`.

    Attributes:
        open_ship: First sentence of a ship; may use {model}.
        open_skip: First sentence of a skip; may use {model}.
        pro: Carries {facts}, the briefs of the facts that pull towards ship.
        contra: Carries {facts}, the briefs of the facts that pull towards skip.
        gap: Said when the evidence on one side is missing; may use {topic}, the topic this
            persona cares about most among those the facts tell least about.
        dispute: Carries {facts}, the facts under open conflict that are not relied on.
        close_ship: Last sentences of a ship.
        close_skip: Last sentences of a skip.
        flip_ship: What would turn a ship into a skip; may carry {facts}, its main support.
        flip_skip: What would turn a skip into a ship; may carry {facts}, its main obstacle.
        prediction: A forecast carrying {date}; None for personas that make none.
        headline_ship: Headline of a ship, carrying {facts}; None prints the brief alone.
        headline_skip: Headline of a skip, carrying {facts}; None prints the brief alone.
        context: Carries {facts} that pull neither way, for a file that holds nothing else.
        silence: Noun phrase that takes the place of {facts} when nothing speaks against the model
            but too little speaks for it; uses {topic}.
    """

    open_ship: Frame
    open_skip: Frame
    pro: Frame
    contra: Frame
    gap: Frame
    dispute: Frame
    close_ship: Frame
    close_skip: Frame
    flip_ship: Frame
    flip_skip: Frame
    prediction: Frame | None = None
    headline_ship: Frame | None = None
    headline_skip: Frame | None = None
    context: Frame | None = None
    silence: Frame | None = None

    @model_validator(mode="after")
    def _carry_facts(self) -> "Phrases":
        for key in ("pro", "contra", "dispute", "headline_ship", "headline_skip", "context"):
            if "{facts}" not in (getattr(self, key) or "{facts}"):
                raise ValueError(f"{key} must contain {{facts}}, or its facts would be lost")
        if self.prediction and "{date}" not in self.prediction:
            raise ValueError("prediction must contain {date}")
        return self


class Rubric(Value):
    """The persona's judgement in numbers, for the offline judge.

    Attributes:
        start: Score before any evidence; negative for a persona that has to be won over.
        weights: Weight by fact topic; a topic left out does not move this persona.
        phrases: Sentence frames for the draft.
    """

    start: Weight
    weights: Annotated[dict[Topic, TopicWeight], Field(min_length=1)]
    phrases: Phrases


Points = Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]


class Persona(Value):
    """One reviewer.

    Attributes:
        id: Stable id, also the file name.
        name: What the page calls them, e.g. `The Developer`.
        title: One line about their job.
        lens: The one question they judge by.
        ships_when: What makes them ship.
        skips_when: What makes them skip.
        questions: What they always ask.
        voice: How they write.
        banned_words: Words and phrases they never use.
        known_bias: The bias they admit to.
        predicts: Whether they name a dated prediction.
        llm: Their own llm, if not the panel's.
        rubric: Their judgement in numbers.
        portrait: Who they are and what they have seen fail (the text below the front matter).
    """

    id: Slug
    name: Annotated[Line, Field(max_length=60)]
    title: Line
    lens: Line
    ships_when: Points
    skips_when: Points
    questions: Points
    voice: Line
    banned_words: tuple[Line, ...] = ()
    known_bias: Line
    predicts: bool = False
    llm: LlmName | None = None
    rubric: Rubric
    portrait: Text

    @cached_property
    def digest(self) -> str:
        """Name of this persona's content."""
        return digest_of("persona", self)
