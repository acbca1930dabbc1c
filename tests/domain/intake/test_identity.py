import datetime as dt
from typing import Any

import pytest

from panel.domain.dossier import Dossier
from panel.domain.fact import Conflict, Fact
from panel.domain.intake.identity import blanks
from panel.testing import make_dossier
from tests.domain.intake.pairs import fact

DAY = dt.date(2026, 4, 8)
BLANK: dict[str, Any] = {
    "vendor": "REPLACE ME (who makes it)", "category": "REPLACE ME (as in)", "rivals": [],
    "tagline": "REPLACE ME (one line)", "released": None, "licence": None, "price": {},
}  # fmt: skip


def dossier(*facts: Fact, conflict: tuple[str, ...] = (), **changes: Any) -> Dossier:
    sources = [{"id": f"S{at}", "publisher": "P", "title": "T", "read": DAY} for at in range(1, 9)]
    conflicts = [
        Conflict(id="C1", attribute="licence", facts=conflict, note="x").model_dump()
    ] if conflict else []  # fmt: skip
    plain = [one.model_dump() for one in facts]
    content: dict[str, Any] = {
        **BLANK,
        "sources": sources,
        "facts": plain,
        "conflicts": conflicts,
        **changes,
    }
    return make_dossier(**content)


MIT = fact(1, attribute="licence", topic="licence", value="MIT", brief="an MIT licence")
GPL = fact(2, attribute="licence", topic="licence", value="GPL 3.0", brief="a GPL licence")


def test_the_head_is_filled_from_the_facts() -> None:
    price = fact(3, attribute="input-price", topic="price", value="60 cents|per million tokens")
    entry = fact(4, attribute="entry-price", topic="price", value="free", brief="free use in apps")
    released = fact(5, attribute="release-day", topic="vendor", value="8 April 2026")
    maker = fact(6, attribute="developer", topic="vendor", value="Kestrel")
    head, priced = blanks(dossier(MIT, price, entry, released, maker))
    assert head["licence"] == "MIT"
    assert head["released"] == "2026-04-08"
    assert head["vendor"] == "Kestrel"
    assert head["category"] == "AI model"
    assert head["tagline"].startswith("An MIT licence; ")
    assert (head["price.input_per_million"], head["price.entry"]) == ("0.60", "Free use in apps")
    assert priced == ("F3", "F4")


def test_what_an_editor_wrote_stands() -> None:
    written = dossier(MIT, licence="Ours", vendor="V", category="C", tagline="T")
    assert blanks(written, "Kestrel") == ({}, ())


def test_a_card_names_the_vendor_where_no_fact_does() -> None:
    assert blanks(dossier(MIT), "Kestrel")[0]["vendor"] == "Kestrel"
    assert "vendor" not in blanks(dossier(MIT))[0]


def test_a_disputed_licence_goes_to_the_better_supported_side() -> None:
    assert "licence" not in blanks(dossier(MIT, GPL, conflict=("F1", "F2")))[0]
    more = MIT.model_copy(
        update={
            "witnesses": (
                *MIT.witnesses,
                fact(3, statement="Another witness says MIT.").witnesses[0],
            )
        }
    )
    assert blanks(dossier(more, GPL, conflict=("F1", "F2")))[0]["licence"] == "MIT"


@pytest.mark.parametrize("value", ["April 2026", "04/08/2026", "spring", "31 April 2026"])
def test_a_vague_day_is_no_release_day(value: str) -> None:
    found = fact(5, attribute="release-date", topic="vendor", value=value)
    assert "released" not in blanks(dossier(found))[0]


@pytest.mark.parametrize("value", ["3 to 5|USD per million tokens", "3|USD per month", "from $3"])
def test_only_one_figure_for_a_million_tokens_is_a_price(value: str) -> None:
    found = fact(3, attribute="input-price", topic="price", value=value)
    assert "price.input_per_million" not in blanks(dossier(found))[0]


def test_superseded_facts_fill_nothing() -> None:
    old = MIT.model_copy(update={"standing": "superseded"})
    head, _ = blanks(dossier(old))
    assert not head.keys() & {"licence", "tagline"}


def test_a_tagline_fits_its_line() -> None:
    facts = [fact(at, topic="licence", brief=f"{at} {'x' * 66}") for at in range(1, 5)]
    assert len(blanks(dossier(*facts))[0]["tagline"]) <= 140
