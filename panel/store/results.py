"""Reads of reviews and scorecards, those that stand, in the order of their run."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import ColumnElement, func, select

from panel.domain.review import Review
from panel.domain.run import Order, OrderedDossier
from panel.domain.scorecard import Scorecard
from panel.store.orders import Orders
from panel.store.queries import LAST_EVENT, WITH_LAST_EVENT
from panel.store.records import StandingFailure, Timing
from panel.store.rows import parsed
from panel.store.standing import CARD_STANDS, REVIEW_STANDS, stands_in
from panel.store.tables import reviews, runs, scorecards

Who = tuple[str, str, str]
"""Digests of dossier, persona and llm."""

_PAGE = 200
"""Scorecards held in memory at once."""


class ResultQueries(Orders):
    """Reads of reviews and scorecards."""

    def reviews(self, run_id: str) -> tuple[Review, ...]:
        """The reviews of a run by dossier and seat, in the order of its order, then by sample.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When there is no such run.
            TamperError: When a row is not as it was written.
        """
        order = self._order(run_id)
        where = (reviews.c.run_id == run_id) & stands_in([run_id])
        return self._reviews(run_id, _places(order, order.dossiers), where)

    def reviews_of(self, run_id: str, slug: str) -> tuple[Review, ...]:
        """The reviews of one dossier in a run, by seat and sample.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.

        Raises:
            StoreError: When there is no such run.
            TamperError: When a row is not as it was written.
        """
        order = self._order(run_id)
        own = [order.by_slug[slug]] if slug in order.by_slug else []
        where = (reviews.c.run_id == run_id) & (reviews.c.slug == slug) & REVIEW_STANDS
        return self._reviews(run_id, _places(order, own), where)

    def retried(self, run_id: str) -> frozenset[str]:
        """Slugs of the dossiers with a seat that was asked again.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = select(reviews.c.slug).where(reviews.c.run_id == run_id, reviews.c.nth > 1)
        return frozenset(row.slug for row in self._all(query.distinct()))

    def failures(self, run_id: str) -> tuple[StandingFailure, ...]:
        """The failures that stand, without seats that stood aside; by key.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = (
            select(*reviews.c["key", "slug", "nth"], reviews.c.failure.label("kind"))
            .where(reviews.c.run_id == run_id, reviews.c.failure != "recused", stands_in([run_id]))
            .order_by(reviews.c.key)
        )
        return tuple(StandingFailure.model_validate(row) for row in self._records(query))

    def review_keys(self, run_id: str) -> frozenset[str]:
        """Keys of the reviews of a run, of dossiers and seats that nobody ordered too.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = select(reviews.c.key).where(reviews.c.run_id == run_id)
        return frozenset(row.key for row in self._all(query.distinct()))

    def review_times(self, run_id: str) -> dict[str, Timing]:
        """When each review of a run was worked on, by review key.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        columns = reviews.c["key", "started", "seconds"]
        rows = self._all(
            select(*columns)
            .where(reviews.c.run_id == run_id, stands_in([run_id]))
            .order_by(reviews.c.started)
        )
        return {row.key: Timing(started=row.started, seconds=row.seconds) for row in rows}

    def scorecard(self, run_id: str, slug: str) -> Scorecard | None:
        """The scorecard of one dossier in a run; None when there is none yet.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.

        Raises:
            StoreError: When the database cannot be read.
            TamperError: When the row is not as it was written.
        """
        return next(iter(self._cards(run_id, [slug])), None)

    def scorecards(self, run_id: str) -> tuple[Scorecard, ...]:
        """The scorecards of a run in the order of its dossiers.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When there is no such run.
            TamperError: When a row is not as it was written.
        """
        return tuple(self.iter_scorecards(run_id))

    def iter_scorecards(self, run_id: str) -> Iterator[Scorecard]:
        """The scorecards of a run in the order of its dossiers, read page by page.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When there is no such run.
            TamperError: When a row is not as it was written.
        """
        order = self._order(run_id)
        slugs = (item.slug for item in order.dossiers)
        while page := list(islice(slugs, _PAGE)):
            place = {slug: at for at, slug in enumerate(page)}
            yield from sorted(self._cards(run_id, page), key=lambda card: place[card.slug])
        yield from self._cards(run_id, sorted(self.scored(run_id) - order.by_slug.keys()))

    def scored(self, run_id: str) -> frozenset[str]:
        """Slugs of the dossiers that have a scorecard.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = select(scorecards.c.slug).where(scorecards.c.run_id == run_id)
        return frozenset(row.slug for row in self._all(query.distinct()))

    def earlier_quotes(self, persona: str, before: dt.datetime) -> tuple[tuple[str, str], ...]:
        """What a persona said in finished runs, newest first, each review once, at most 200.

        Args:
            persona: Persona id.
            before: Only runs ordered before this instant.

        Returns:
            Pairs of dossier slug and quote.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = (
            select(func.max(reviews.c.body).label("body"), reviews.c.digest)
            .select_from(WITH_LAST_EVENT.join(reviews, runs.c.id == reviews.c.run_id))
            .where(reviews.c.persona == persona, reviews.c.call.is_not(None))
            .where(runs.c.created < before, LAST_EVENT.c.state == "finished")
            .group_by(reviews.c.digest)
            .order_by(func.max(runs.c.created).desc(), reviews.c.digest)
            .limit(200)
        )
        found = [parsed(Review, row.body, f"review {row.digest}") for row in self._all(query)]
        return tuple((review.slug, review.verdict.quote) for review in found if review.verdict)

    def _reviews(
        self, run_id: str, place: dict[Who, tuple[int, int]], where: ColumnElement[bool]
    ) -> tuple[Review, ...]:
        rows = self._all(select(reviews.c.body, reviews.c.key).where(where))
        found = [parsed(Review, row.body, f"review {row.key} of run {run_id}") for row in rows]
        last = (len(place), 0)
        return tuple(
            sorted(
                found,
                key=lambda review: (
                    place.get((review.dossier, review.persona_digest, review.llm), last),
                    review.sample,
                    review.key,
                ),
            )
        )

    def _cards(self, run_id: str, slugs: list[str]) -> list[Scorecard]:
        query = select(scorecards.c.body, scorecards.c.slug).where(
            scorecards.c.run_id == run_id, scorecards.c.slug.in_(slugs), CARD_STANDS
        )
        rows = self._all(query.order_by(scorecards.c.slug)) if slugs else ()
        return [parsed(Scorecard, row.body, f"scorecard {row.slug} of {run_id}") for row in rows]


def _places(order: Order, items: Iterable[OrderedDossier]) -> dict[Who, tuple[int, int]]:
    """Where reviews of some dossiers stand in their run."""
    return {
        (item.digest, seat.digest, seat.llm.digest): (row, column)
        for row, item in enumerate(items)
        for column, seat in enumerate(order.panel_of(item).seats)
    }
