"""Which of several tries stands: the last one. One rule for all queries."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select, tuple_

from panel.store.tables import reviews, scorecards

_NEWER_REVIEW = reviews.alias("newer_review")
_NEWER_CARD = scorecards.alias("newer_card")

# Tries are numbered without a gap, so that the next one is found by its whole name.
REVIEW_STANDS: ColumnElement[bool] = ~exists().where(
    _NEWER_REVIEW.c.run_id == reviews.c.run_id,
    _NEWER_REVIEW.c.key == reviews.c.key,
    _NEWER_REVIEW.c.nth == reviews.c.nth + 1,
)
"""Condition on rows of `reviews`; quick for the few of one dossier."""

CARD_STANDS: ColumnElement[bool] = ~exists().where(
    _NEWER_CARD.c.run_id == scorecards.c.run_id,
    _NEWER_CARD.c.slug == scorecards.c.slug,
    _NEWER_CARD.c.nth == scorecards.c.nth + 1,
)
"""Condition on rows of `scorecards`."""


def stands_in(run_ids: Sequence[str]) -> ColumnElement[bool]:
    """`REVIEW_STANDS`, quick for all reviews of some runs: the few asked again are listed once.

    Args:
        run_ids: Full run ids.
    """
    again = _NEWER_REVIEW.c
    overtaken = select(again.run_id, again.key, again.nth - 1).where(
        again.run_id.in_(run_ids), again.nth > 1
    )
    return tuple_(reviews.c.run_id, reviews.c.key, reviews.c.nth).not_in(overtaken)
