"""A draft as everybody sees it at one moment, put together from records that never change."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from panel.domain.dossier import Dossier
from panel.domain.editing.content import Content, drafted
from panel.domain.editing.effective import Effective, Papers, effective, settled
from panel.domain.editing.relook import reasons_to_look
from panel.domain.editing.revision import Revision, content_at, standing_of
from panel.domain.editing.states import Standing
from panel.domain.fact import Conflict, Settlement
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.run import Run
from panel.errors import MissingError, TamperError
from panel.store.store import Store

Current = Callable[[str], Dossier | None]
"""Gives the dossier of a slug as it is today; None when there is none any more."""


@dataclass(frozen=True)
class Ref:
    """Names a draft.

    Attributes:
        run: Its run.
        slug: Its dossier.
    """

    run: str
    slug: str

    def __str__(self) -> str:
        return f"{self.run}/{self.slug}"


@dataclass(frozen=True)
class Settled:
    """How one conflict stands at the desk.

    Attributes:
        seq: How often it was decided on; the next decision must name it.
        settlement: The decision; None when it was opened again.
    """

    seq: int
    settlement: Settlement | None


@dataclass(frozen=True)
class Draft:
    """One draft at one moment.

    Attributes:
        papers: What it rests on.
        revisions: All that was done to it, in order.
        settlements: How conflicts of its dossier stand at the desk, by id.
        seen: The dossier when somebody last looked, settlements included.
        today: The dossier as it is today, settlements included.
    """

    papers: Papers
    revisions: tuple[Revision, ...]
    settlements: Mapping[str, Settled]
    seen: Dossier
    today: Dossier

    @property
    def ref(self) -> Ref:
        """Its name."""
        return Ref(self.papers.run.id, self.papers.card.slug)

    @property
    def version(self) -> int:
        """Number of its last revision; 0 when nobody has touched it."""
        return len(self.revisions)

    @property
    def standing(self) -> Standing:
        """Its state, and what of it was approved and is live."""
        return standing_of(self.revisions)

    @cached_property
    def drafted(self) -> Content:
        """What the panel drafted."""
        return drafted(self.papers.card, self.papers.reviews, self.papers.dossier.summary)

    @cached_property
    def content(self) -> Content:
        """Its words as they stand."""
        return self.content_at(self.version)

    def content_at(self, version: int) -> Content:
        """Its words at a version.

        Args:
            version: Which; 0 for what the panel drafted.
        """
        return content_at(self.drafted, self.revisions, version)

    @cached_property
    def effective(self) -> Effective:
        """What an approval would freeze."""
        return self.effective_of(self.content)

    def effective_of(self, content: Content) -> Effective:
        """What an approval of other words would freeze.

        Args:
            content: The words.
        """
        return effective(self.papers, content, self.decisions)

    @cached_property
    def decisions(self) -> dict[str, Settlement]:
        """Conflicts settled at the desk, by id."""
        return {
            conflict: one.settlement for conflict, one in self.settlements.items() if one.settlement
        }

    @cached_property
    def look(self) -> tuple[str, ...]:
        """Why it deserves another look; empty when nothing it rests on has changed."""
        price = self.papers.card.pricing.facts
        return reasons_to_look(self.seen, self.today, self.content, price)


class Drafts:
    """Reads drafts; what never changes is read once.

    Args:
        store: Where the records lie.
        current: Gives the dossier of a slug as it is today.
    """

    def __init__(self, store: Store, current: Current) -> None:
        self._store = store
        self._current = current
        self._run: Callable[[str], Run] = lru_cache(maxsize=32)(store.run)
        self._personas = lru_cache(maxsize=256)(self._read_persona)
        self._prompts = lru_cache(maxsize=512)(self._read_prompt)
        self._dossiers = lru_cache(maxsize=256)(self._read_dossier)

    def draft(self, ref: Ref) -> Draft:
        """A draft as it stands now.

        Args:
            ref: Which.

        Raises:
            StoreError: There is no such draft, or the database cannot be read.
            TamperError: A record is not as it was written.
        """
        papers = self.papers(ref)
        revisions = self._store.revisions(ref.run, ref.slug)
        settlements = self._settlements(papers.dossier)
        seen = papers.dossier
        if revisions:
            seen = self._dossiers(revisions[-1].dossier)
        today = self._current(ref.slug) or papers.dossier
        decided = _carried(settlements, papers.dossier, today)
        if today.digest != papers.dossier.digest:
            decided |= _carried(self._settlements(today), today, today)
        return Draft(papers, revisions, settlements, seen, settled(today, decided))

    def papers(self, ref: Ref) -> Papers:
        """What a draft rests on.

        Args:
            ref: Which.

        Raises:
            StoreError: There is no such draft, or the database cannot be read.
            TamperError: A record is not as it was written.
        """
        card = self._store.scorecard(ref.run, ref.slug)
        if card is None:
            raise MissingError(f"there is no draft {ref}", remedy="choose one from the queue")
        run = self._run(ref.run)
        keys = {key for result in card.results for key in result.reviews}
        reviews = tuple(one for one in self._store.reviews_of(ref.run, ref.slug) if one.key in keys)
        if missing := len(keys) - len(reviews):
            raise TamperError(
                f"{missing} reviews of the draft {ref} are missing",
                remedy="restore the database from a backup; do not publish from this run",
            )
        panel = run.order.panel_of(run.order.by_slug[ref.slug])
        return Papers(
            run=run,
            card=card,
            reviews=reviews,
            dossier=self._dossiers(card.dossier),
            personas={seat.persona: self._personas(seat.digest) for seat in panel.seats},
            prompts=_WhenAsked({one.prompt for one in reviews}, self._prompts),
        )

    def dossier(self, digest: str) -> Dossier:
        """A dossier some record names.

        Args:
            digest: Its digest.
        """
        return self._dossiers(digest)

    def _settlements(self, dossier: Dossier) -> dict[str, Settled]:
        found = self._store.settlements(dossier.slug, dossier.digest)
        return {conflict: Settled(*decision) for conflict, decision in found.items()}

    def _read_persona(self, digest: str) -> Persona:
        return Persona.model_validate_json(self._store.document(digest).body)

    def _read_prompt(self, digest: str) -> Prompt:
        return Prompt.model_validate_json(self._store.document(digest).body)

    def _read_dossier(self, digest: str) -> Dossier:
        return Dossier.model_validate_json(self._store.document(digest).body)


class _WhenAsked(Mapping[str, Prompt]):
    """Prompts by digest, each read when it is asked for: only edited words are checked again.

    Args:
        digests: Their names.
        read: Reads one.
    """

    def __init__(self, digests: Collection[str], read: Callable[[str], Prompt]) -> None:
        self._digests = digests
        self._read = read

    def __getitem__(self, digest: str) -> Prompt:
        if digest not in self._digests:
            raise KeyError(digest)
        return self._read(digest)

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


def _carried(
    decisions: Mapping[str, Settled], dossier: Dossier, today: Dossier
) -> dict[str, Settlement]:
    """Decisions on a dossier that hold for today's too: the same facts still clash in it."""
    known = {_clash(dossier, one) for one in dossier.conflicts}
    same = [one.id for one in today.conflicts if _clash(today, one) in known]
    found = {conflict: decisions[conflict].settlement for conflict in same if conflict in decisions}
    return {conflict: settlement for conflict, settlement in found.items() if settlement}


def _clash(dossier: Dossier, conflict: Conflict) -> tuple[object, ...]:
    facts = (dossier.fact(fact) for fact in conflict.facts)
    return conflict.id, tuple((fact.id, fact.statement) for fact in facts if fact)
