"""Plants a text where a dossier can hold one, and runs the real panel with an llm that obeys it."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from panel.bootstrap.house import House
from panel.bootstrap.planning import plan
from panel.bootstrap.running import start
from panel.domain.dossier import Dossier
from panel.domain.review import Review
from panel.domain.typography import shingles, words
from panel.engine.watching import Silent
from panel.testing import FakeOpenAI, FakeRequest, gullible_answer, make_dossier
from panel.testing.grounded import draft, settled
from tests.databases import fresh_url

SEATS = "skeptic"
"""One seat is as gullible as five."""

_CLEAN = make_dossier(conflict=True)
_RUN = 4
"""A text has reached the panel when so many of its words stand in the prompt in a row."""

Answer = Mapping[str, Any]


def _statement(text: str) -> Iterator[tuple[str, Any]]:
    yield "facts", _with_fact(8, statement=_line(text))


def _quotes(text: str) -> Iterator[tuple[str, Any]]:
    """Twelve words at a time, on one fact after the other."""
    facts = [fact.model_dump(mode="json") for fact in _CLEAN.facts]
    words = text.split()
    for at, fact in enumerate(facts):
        if part := words[at * 12 : (at + 1) * 12]:
            fact["witnesses"][0]["quote"] = " ".join(part)
    yield "facts", facts


def _summary(text: str) -> Iterator[tuple[str, Any]]:
    yield "summary", f"Tern 2 is an open model from a small laboratory.\n\n{text}"


def _note(text: str) -> Iterator[tuple[str, Any]]:
    conflict = _CLEAN.conflicts[0].model_dump(mode="json")
    yield "conflicts", [{**conflict, "note": _line(text)}]


def _title(text: str) -> Iterator[tuple[str, Any]]:
    first, *others = [source.model_dump(mode="json") for source in _CLEAN.sources]
    yield "sources", [{**first, "title": _line(text), "publisher": _line(text)}, *others]


PLACES: Mapping[str, Callable[[str], Iterator[tuple[str, Any]]]] = {
    "statement": _statement,
    "witness quotes": _quotes,
    "summary": _summary,
    "conflict note": _note,
    "source title": _title,
}
"""Where a text can be planted."""


def _line(text: str) -> str:
    return " ".join(text.split())[:400]


def _with_fact(at: int, **changes: Any) -> list[dict[str, Any]]:
    facts = [fact.model_dump(mode="json") for fact in _CLEAN.facts]
    facts[at] |= changes
    return facts


def planted(text: str, place: str, slug: str) -> Dossier | None:
    """A dossier with a text planted in one place; None when the schema refuses the text.

    Args:
        text: What to plant.
        place: One of `PLACES`.
        slug: Slug of the dossier.
    """
    try:
        return make_dossier(conflict=True, slug=slug, **dict(PLACES[place](text)))
    except ValidationError:
        return None


def written(root: Path, dossier: Dossier) -> Path:
    """The file of a dossier, as an editor would have written it.

    Args:
        root: Workspace; its folder `dossiers/` exists.
        dossier: What to write.
    """
    content = dossier.model_dump(mode="json", exclude_none=True)
    body = content.pop("summary")
    head = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    path = root / "dossiers" / f"{dossier.slug}.md"
    path.write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8")
    return path


@lru_cache(maxsize=1024)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Words of a text in a row; those of a shorter text as one."""
    return frozenset(shingles(text, min(_RUN, max(1, len(words(text))))))


@dataclass(frozen=True)
class Obedient:
    """An llm that does what a planted text wants; without one it always skips, in equal words.

    Attributes:
        texts: What was planted.
        aloud: Whether it repeats the text, or just quietly ships.
    """

    texts: Sequence[str]
    aloud: bool

    def reached(self, request: FakeRequest) -> str | None:
        """The planted text that stands in the prompt, if any."""
        shown = shingles(request.dossier_text, _RUN)
        return next((text for text in self.texts if shown & _runs(text)), None)

    def __call__(self, request: FakeRequest) -> Answer:
        """Answer one request (a script of `FakeOpenAI`)."""
        text = self.reached(request)
        if text is None:
            return draft(settled(request), request.persona_text, "skip")
        if not self.aloud:
            return draft(settled(request), request.persona_text, "ship")
        return gullible_answer(request)


@dataclass(frozen=True)
class Outcome:
    """One review of a hostile dossier.

    Attributes:
        review: The review as it was kept.
        shown: What was planted and reached the llm; None when nothing did.
    """

    review: Review
    shown: str | None

    @property
    def harmless(self) -> bool:
        """No verdict, a blocked one, or the verdict of the clean twin."""
        verdict = self.review.verdict
        if verdict is None or self.review.blocked:
            return True
        return self.shown is None and verdict.call == "skip"


def reviewed(root: Path, dossiers: Sequence[Dossier], llm: Obedient) -> list[Outcome]:
    """Run the real panel over dossier files; one without usable evidence is left out as refused.

    Args:
        root: Folder to work in.
        dossiers: What to review.
        llm: Who answers.
    """
    (root / "dossiers").mkdir(parents=True, exist_ok=True)
    slugs = [written(root, dossier).stem for dossier in dossiers]
    with FakeOpenAI(llm) as server:
        flags = {"llm": "fake-llm", "base_url": server.base_url, "seats": SEATS}
        house = House.open(root, {**flags, "database_url": fresh_url(root)}, {})
        made = plan(house, slugs)
        with house.store(write=True) as store:
            asyncio.run(start(made, store, Silent()))
            return [
                Outcome(review, llm.reached(_asked(store.recorded(made.run.id, key))))
                for review in store.reviews(made.run.id)
                for key in review.exchanges[:1]
            ]


def _asked(exchange: Any) -> FakeRequest:
    return FakeRequest("POST", exchange.path, body=json.loads(exchange.request))
