"""An edition is named by all it shows."""

from typing import Any

import pytest

from panel.domain.editing.edition import Edition
from tests.domain.editing.papers import NOON, make_papers

PAPERS = make_papers()
EDITION = Edition(
    run=PAPERS.run.id,
    slug=PAPERS.card.slug,
    version=1,
    card=PAPERS.card,
    reviews=PAPERS.reviews,
    dossier=PAPERS.dossier,
    edited_by=("Ana Lee",),
    approved_by="Ben Roy",
    approved=NOON,
)


def test_it_is_read_back_under_the_same_name() -> None:
    assert Edition.model_validate_json(EDITION.model_dump_json()).digest == EDITION.digest


@pytest.mark.parametrize(
    "changes", [{"note": "We misread a price."}, {"version": 2}, {"reviews": PAPERS.reviews[:2]}]
)
def test_whatever_changes_changes_its_name(changes: dict[str, Any]) -> None:
    assert EDITION.model_copy(update=changes).digest != EDITION.digest
