"""Everything a run rests on, each piece with the digest it is stored under.

With this somebody who trusts neither us nor the database can derive every digest again.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, func, select, tuple_

from panel.domain.exchange import Exchange
from panel.domain.review import Review
from panel.domain.run import Order, Run, is_run_id
from panel.errors import StoreError
from panel.store.document import Document
from panel.store.reader import Reader
from panel.store.records import Call, Stored
from panel.store.rows import Row, answer_text, flag_rows, parsed, review_row
from panel.store.tables import (
    answers,
    attempts,
    documents,
    flags,
    requests,
    reviews,
    runs,
    scorecards,
)

_PAGE = 500
"""Rows held in memory at once."""


class EvidenceQueries(Reader):
    """Reads of documents, and of whole runs for `verify`."""

    def document(self, digest: str) -> Document:
        """A document, its digest derived again.

        Args:
            digest: Its name.

        Raises:
            StoreError: When it is not stored.
            TamperError: When its body no longer has that digest.
        """
        row = self._first(select(documents).where(documents.c.digest == digest))
        if row is None:
            raise StoreError(
                f"there is no document {digest!a}",
                remedy="the run cannot be rebuilt without it; restore the database from a backup",
            )
        found = Document.model_construct(digest=row.digest, kind=row.kind, body=row.body)
        return found.verified()

    def evidence(self, run_id: str) -> Iterator[Stored]:
        """Everything stored about a run: its row, reviews, scorecards, answers, documents.

        A document that the run or a review names and the store has not is of kind `missing`.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When there is no such run.
            TamperError: When the run's own row is not as it was written.
        """
        row = self._first(select(runs).where(runs.c.id == run_id)) if is_run_id(run_id) else None
        if row is None:
            raise StoreError(f"there is no run {run_id!a}", remedy="see `shipskip runs list`")
        yield Stored(kind="run", name=run_id, digest=row.digest, text=row.body)
        order = parsed(Run, row.body, f"run {run_id}").order
        named = _named_by_order(order)
        for review in self._bodies("review", reviews, ("key", "nth"), run_id):
            named |= _named_by_review(review.text or "")
            yield review
        yield from self._bodies("scorecard", scorecards, ("slug", "nth"), run_id)
        yield from self._answers(run_id)
        yield from self._documents(sorted(named))

    def calls(self, run_id: str) -> Iterator[Call]:
        """The requests of a run with what their keys were made of, by key.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        sample = (
            select(func.min(reviews.c.sample))
            .join(attempts, attempts.c.review_key == reviews.c.key)
            .where(attempts.c.run_id == requests.c.run_id, attempts.c.key == requests.c.key)
            .where(reviews.c.run_id == requests.c.run_id)
            .scalar_subquery()
        )
        nth = (
            select(func.min(attempts.c.nth))
            .where(attempts.c.run_id == requests.c.run_id, attempts.c.key == requests.c.key)
            .scalar_subquery()
        )
        made_of = (sample.label("sample"), func.coalesce(nth, 1).label("nth"))
        columns = (*requests.c["key", "path", "body"], *made_of)
        for row in self._pages(requests, ("key",), run_id, columns):
            yield Call(key=row.key, path=row.path, body=row.body, sample=row.sample, nth=row.nth)

    def stale_copies(self, run_id: str) -> Iterator[str]:
        """Keys of reviews whose searchable columns or flags differ from the review itself.

        Lists and filters read those copies, so a change there would go unseen by any digest.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
            TamperError: When a review is not as it was written.
        """
        wanted = select(flags).where(flags.c.run_id == run_id)
        kept: dict[tuple[str, int], list[Row]] = defaultdict(list)
        for row in self._all(wanted.order_by(flags.c.review_key, flags.c.nth)):
            kept[row.review_key, row.review_nth].append(_plain(flags, row))
        for row in self._pages(reviews, ("key", "nth"), run_id, tuple(reviews.c)):
            review = parsed(Review, row.body, f"review {row.key} of run {run_id}")
            fresh = review_row(run_id, review, row.started, row.seconds)
            same = fresh == _plain(reviews, row)
            if flag_rows(run_id, review) != kept.pop((row.key, row.nth), []) or not same:
                yield row.key
        yield from (key for key, _ in kept)

    def _documents(self, digests: Sequence[str]) -> Iterator[Stored]:
        for start in range(0, len(digests), _PAGE):
            page = digests[start : start + _PAGE]
            rows = self._all(select(documents).where(documents.c.digest.in_(page)))
            found = {row.digest: row for row in rows}
            for digest in page:
                row = found.get(digest)
                yield Stored(
                    kind=row.kind if row else "missing",
                    name=digest,
                    digest=digest,
                    text=row.body if row else None,
                )

    def _answers(self, run_id: str) -> Iterator[Stored]:
        for row in self._pages(answers, ("attempt_id",), run_id, tuple(answers.c)):
            exchange = Exchange.model_construct(  # whatever stands there, `holds` is to judge it
                key=row.key,
                path="",
                request="",
                status=row.status,
                content_type=row.content_type,
                response=row.body,
                fault=row.fault,
            )
            text = answer_text(exchange)
            yield Stored(kind="answer", name=row.attempt_id, digest=row.digest, text=text)

    def _bodies(
        self, kind: str, table: Table, names: tuple[str, str], run_id: str
    ) -> Iterator[Stored]:
        columns = table.c[*names, "digest", "body"]
        for row in self._pages(table, names, run_id, tuple(columns)):
            name, nth = (getattr(row, one) for one in names)
            again = f", try {nth}" if nth > 1 else ""
            yield Stored(kind=kind, name=f"{name}{again}", digest=row.digest, text=row.body)

    def _pages(
        self, table: Table, names: tuple[str, ...], run_id: str, columns: tuple[Any, ...]
    ) -> Iterator[Any]:
        """Rows of a run by the columns that tell them apart, fetched page by page."""
        place = [table.c[name] for name in names]
        query = select(*columns).where(table.c.run_id == run_id).order_by(*place)
        page = self._all(query.limit(_PAGE))
        while page:
            yield from page
            last = tuple(getattr(page[-1], name) for name in names)
            page = self._all(query.where(tuple_(*place) > last).limit(_PAGE))


def _named_by_order(order: Order) -> set[str]:
    """Digests of the documents an order names."""
    return {
        order.digest,
        *(entry.digest for entry in order.dossiers),
        *(seat.digest for seat in order.all_seats),
        *(seat.llm.digest for seat in order.all_seats),
        *order.templates.values(),
        *order.earlier.values(),
    }


def _named_by_review(body: str) -> set[str]:
    """Digests of the documents a review names; none when its body was tampered with."""
    try:
        review = json.loads(body)
        return {str(review[key]) for key in ("dossier", "persona_digest", "prompt", "llm")}
    except (ValueError, KeyError, TypeError):
        return set()


def _plain(table: Table, row: Any) -> Row:
    return {column.name: getattr(row, column.name) for column in table.c}
