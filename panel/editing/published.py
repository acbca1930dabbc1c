"""What readers may see of each model, put together from the records of the desk.

The one place that says which of several drafts of a model is its page: the edition that went live
last. What was live before it is its history; what was taken back within seconds never counted.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from panel.domain.editing.edition import Edition
from panel.domain.editing.revision import Revision
from panel.domain.editing.states import Standing
from panel.domain.persona import Persona
from panel.domain.publication.release import Head, Published, Release, Retraction
from panel.domain.value import digest_of
from panel.editing.drafts import Draft, Drafts, Ref
from panel.errors import MissingError
from panel.store.heads import DraftHead
from panel.store.store import Store

_PAGE = 100_000


@dataclass(frozen=True)
class _Step:
    """An edition that went live in a draft, and how that ended, if it did."""

    ref: Ref
    revision: Revision
    digest: str
    ended: Revision | None = None


class PublishedModels:
    """Reads what was published; with drafts, when it is for a preview.

    Args:
        store: Where the records lie.
        drafts: Reads drafts.
        preview: Whether drafts that nobody approved are shown too, marked as such.
    """

    def __init__(self, store: Store, drafts: Drafts, *, preview: bool = False) -> None:
        self._store = store
        self._drafts = drafts
        self._preview = preview
        self._run = lru_cache(maxsize=32)(store.run)
        self._personas = lru_cache(maxsize=256)(self._read_persona)
        self._heads: Mapping[str, Sequence[DraftHead]] | None = None

    def heads(self) -> tuple[Head, ...]:
        """Every model that has pages, by slug; read anew each time.

        Raises:
            StoreError: The database cannot be read.
        """
        grouped = defaultdict[str, list[DraftHead]](list)
        for head in self._store.draft_heads(preview=self._preview):
            grouped[head.slug].append(head)
        for head in self._unadopted() if self._preview else ():
            if all(head.run != one.run for one in grouped[head.slug]):
                grouped[head.slug].append(head)
        self._heads = grouped
        return tuple(
            Head(slug=slug, digest=digest_of("head", [one.model_dump() for one in grouped[slug]]))
            for slug in sorted(grouped)
        )

    def model(self, slug: str) -> Published:
        """One model with everything its pages rest on.

        Args:
            slug: Slug of its dossier.

        Raises:
            MissingError: Nothing of that slug was ever published.
            StoreError: The database cannot be read.
            TamperError: A record is not as it was written.
        """
        if self._heads is None:
            self.heads()
        heads = (self._heads or {}).get(slug, ())
        steps = sorted(
            (step for head in heads for step in self._steps(Ref(head.run, slug))),
            key=lambda step: step.revision.at,
        )
        releases = [self._release(step) for step in steps]
        ended = steps[-1].ended if steps else None
        draft = self._newest_draft(heads) if self._preview else None
        if draft is not None:
            releases.append(_preview(draft))
        if not releases:
            raise MissingError(
                f"nothing about {slug} was published", remedy="approve and publish it at the desk"
            )
        return self._published(slug, tuple(releases), None if draft else ended)

    def _published(
        self, slug: str, releases: tuple[Release, ...], ended: Revision | None
    ) -> Published:
        edition = releases[-1].edition
        run = self._run(edition.run)
        panel = run.order.panel_of(run.order.by_slug[slug])
        keys = {key for result in edition.card.results for key in result.reviews}
        reviews = self._store.reviews_of(edition.run, slug)
        return Published(
            slug=slug,
            releases=releases,
            retraction=ended and self._retraction(ended),
            order=run.order,
            ordered=run.created,
            personas=tuple(self._personas(seat.digest) for seat in panel.seats),
            drafted=tuple(review for review in reviews if review.key in keys),
        )

    def _steps(self, ref: Ref) -> Iterator[_Step]:
        """The editions of a draft that went live, oldest first."""
        found: list[_Step] = []
        before = Standing()
        for revision in _lasting(self._store.revisions(ref.run, ref.slug)):
            live = revision.standing.live
            if live is None and before.live is not None and found:
                found[-1] = _Step(ref, found[-1].revision, found[-1].digest, revision)
            elif live is not None and revision.act in ("publish", "correct"):
                found.append(_Step(ref, revision, live))
            before = revision.standing
        return iter(found)

    def _release(self, step: _Step) -> Release:
        edition = Edition.model_validate_json(self._store.document(step.digest).body)
        return Release(
            kind="corrected" if step.revision.act == "correct" else "published",
            at=step.revision.at,
            edition=edition,
            note=edition.note,
        )

    def _retraction(self, revision: Revision) -> Retraction:
        user = self._store.user(revision.by)
        return Retraction(at=revision.at, by=user.name if user else revision.by, note=revision.note)

    def _newest_draft(self, heads: Sequence[DraftHead]) -> Draft | None:
        """The draft of the newest run, unless what it says is live already."""
        if not heads:
            return None
        head = max(heads, key=lambda head: head.run)
        shown = head.state == "published" or head.state == "retracted"
        return None if shown else self._drafts.draft(Ref(head.run, head.slug))

    def _unadopted(self) -> Iterator[DraftHead]:
        for run, slug in self._store.unadopted(_PAGE):
            order = self._run(run).order
            if order.panel_of(order.by_slug[slug]).first_sample == 1:
                yield DraftHead(run=run, slug=slug, version=0, nth=0, state="draft", live=None)

    def _read_persona(self, digest: str) -> Persona:
        return Persona.model_validate_json(self._store.document(digest).body)


def _lasting(revisions: Sequence[Revision]) -> list[Revision]:
    """Revisions without the moves that were taken back, and without their taking back."""
    found: list[Revision] = []
    for revision in revisions:
        if revision.act == "undo" and found:
            found.pop()
        else:
            found.append(revision)
    return found


def _preview(draft: Draft) -> Release:
    """A draft as an approval would freeze it, with nobody's name under it."""
    found = draft.effective
    at = draft.revisions[-1].at if draft.revisions else draft.papers.run.created
    edition = Edition(
        run=draft.ref.run,
        slug=draft.ref.slug,
        version=draft.version,
        card=found.card,
        reviews=found.reviews,
        dossier=found.dossier,
        edited_by=(),
        approved_by="",
        approved=at,
    )
    return Release(kind="draft", at=at, edition=edition)
