"""The real dossiers, edited and published once, for all tests of pages."""

import datetime as dt
from collections.abc import Iterator

import pytest

from panel.domain.publication.predictions import PredictionEnd, standing_ends
from panel.domain.publication.votes import Tally
from tests.publishing.site.books import STARTED, MemoryBook, Newsroom


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """All that happened to the six dossiers: five stand, one was corrected, one retracted."""
    room = Newsroom(tmp_path_factory.mktemp("newsroom"))
    room.settle("muse-spark", "C1", "F3", "Three independent texts agree.")
    room.settle("muse-spark", "C2", "F6", "No one has shown a download.")
    room.settle("muse-spark", "C3", "F9", "The estimate comes from the unconfirmed text alone.")
    room.settle("muse-spark", "C4", None, "Written on different days; both can be right.")
    words = {"skeptic.1.headline": "No benchmark data at launch, and no way to check"}
    room.edit("muse-spark", words)
    for slug in room.refs:
        room.publish(slug)
        room.now += dt.timedelta(days=1)
    entry = "Free in Meta's consumer apps; the API has no public price"
    room.correct("muse-spark", {"pricing.entry": entry}, "The API has no public price.")
    room.retract("hy-mt2", "Its two notices describe different releases.")
    yield room
    room.store.close()


@pytest.fixture
def living_book(newsroom: Newsroom) -> MemoryBook:
    """What readers see of it, with votes on one model and one prediction settled."""
    book = newsroom.book(
        tallies={"qwen3-6-27b": Tally(ships=41, skips=13, as_of=STARTED)},
        moved={"muse": "muse-spark"},
    )
    seats = book.entries["qwen-studio"].seats
    made = next(seat.predictions[0] for seat in seats if seat.predictions)
    told = PredictionEnd(
        review=made.review,
        number=made.number,
        outcome="did-not",
        by="Pia Santos",
        at=STARTED,
        reason="Nothing of the kind was released.",
        url="https://notes.example/2027",
    )
    book.ends = standing_ends([told])
    return book
