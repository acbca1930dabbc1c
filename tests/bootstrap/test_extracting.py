import asyncio
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.extracting import Extracting, extracting
from panel.bootstrap.house import House
from panel.domain.intake.reading import Reading
from panel.domain.intake.subject import Subject
from panel.errors import InputError, SpendingError
from panel.intake.keeping import Keeping
from panel.testing import FakeOpenAI, FakeRequest, Reply
from tests.bootstrap.articles import LAUNCH, reader

SUBJECT = Subject(name="Tern 2", vendor="Kestrel")
DAY = dt.date(2026, 11, 21)


def reading(number: int = 0) -> Reading:
    return Reading(address="a", kind="text", read=DAY, sha256=f"{number:064x}", text=LAUNCH)


async def used(folder: Path, flags: dict[str, Any], *readings: Reading) -> Extracting | None:
    """Extract from some sources one after the other."""
    house = House.open(folder, flags, {})
    async with extracting(house, SUBJECT, Keeping(folder / "sources")) as llm:
        for one in readings if llm else ():
            assert llm
            await llm.extract(one, "S1", lambda _done, _in_all: None)
        return llm


def flags(server: FakeOpenAI, **more: Any) -> dict[str, Any]:
    return {"llm": "fake", "base_url": server.base_url, "input_price": "1", "output_price": "2",
            **more}  # fmt: skip


def test_without_an_llm_there_is_no_extractor(tmp_path: Path) -> None:
    assert asyncio.run(used(tmp_path, {})) is None


def test_what_it_costs_is_counted_and_kept_answers_are_free(tmp_path: Path) -> None:
    with FakeOpenAI(reader) as server:
        first = asyncio.run(used(tmp_path, flags(server), reading()))
        again = asyncio.run(used(tmp_path, flags(server), reading()))
    assert first
    assert first.spent
    assert again
    assert again.spent == 0
    assert len(server.requests) == 1


def test_the_cap_ends_the_work_between_two_sources(tmp_path: Path) -> None:
    with FakeOpenAI(reader) as server:
        capped = flags(server, max_cost="0.006")
        with pytest.raises(SpendingError) as refused:
            asyncio.run(used(tmp_path, capped, reading(1), reading(2)))
        assert "what was answered is kept" in refused.value.remedy
    assert len(server.requests) == 1


def test_an_unknown_price_stays_unknown(tmp_path: Path) -> None:
    with FakeOpenAI(reader) as server:
        unknown = {"llm": "fake", "base_url": server.base_url}
        found = asyncio.run(used(tmp_path, unknown, reading()))
    assert found
    assert found.spent is None


def test_the_workspace_may_have_prompts_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "extract-rules.md.j2").write_text("List the facts of our house.")
    with FakeOpenAI(reader) as server:
        asyncio.run(used(tmp_path, flags(server), reading()))
    assert "facts of our house" in str(server.requests[0].messages[0])


def test_an_llm_that_speaks_no_openai_cannot_extract(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="llm test:x"):
        asyncio.run(used(tmp_path, {"llm": "test:x"}))


def stubborn(request: FakeRequest) -> Reply:
    """Lists the same quote that stands nowhere, however often it is sent back."""
    claim = {
        "topic": "licence", "attribute": "licence", "statement": "It has a licence.",
        "brief": "a licence", "value": None, "unit": None, "entity": "Tern 2", "as_of": None,
        "standing": "reported", "leaning": "neutral", "quote": "words that stand nowhere",
    }  # fmt: skip
    return Reply.json({"facts": [claim]})


@pytest.mark.parametrize(("cap", "calls"), [(None, 3), ("1", 3), ("0.03", 2), ("0.011", 1)])
def test_mends_are_paid_out_of_the_same_cap(tmp_path: Path, cap: str | None, calls: int) -> None:
    with FakeOpenAI(stubborn) as server:
        found = asyncio.run(used(tmp_path, flags(server, max_cost=cap), reading()))
        assert len(server.requests) == calls
    assert found
    assert found.spent
    assert cap is None or found.spent <= Decimal(cap)


def test_what_is_left_of_the_cap_bounds_the_answer(tmp_path: Path) -> None:
    with FakeOpenAI(reader) as server:
        asyncio.run(used(tmp_path, flags(server, max_cost="0.007"), reading()))
        most = server.requests[0].body["max_tokens"]
        assert 1500 <= most < 4000
        asked = len(str(server.requests[0].messages)) / 3
    assert asked / 10**6 + most * 2 / 10**6 <= Decimal("0.007")
