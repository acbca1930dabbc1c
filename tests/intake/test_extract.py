import asyncio
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from openai import AsyncOpenAI

from panel.domain.intake.extraction import Extracted
from panel.domain.intake.reading import Reading
from panel.domain.intake.subject import Subject
from panel.domain.llm import LlmSettings
from panel.errors import EndpointError
from panel.intake.extract import MENDS, Extractor
from panel.intake.keeping import Keeping
from panel.testing import FakeOpenAI, Reply
from panel.testing.request import FakeRequest
from tests.intake.test_answer import FACT

PROMPTS = Path(__file__).parents[2] / "prompts"
TEXT = (
    "Nova-7 has open weights.\n\nIt reads {{ 7 * 7 }}% of {% pages %} {# all #} at once.\n\n"
    "Other-1 is proprietary.\n"
)
NOVA = Subject(name="Nova-7", vendor="Acme", rivals=("Other-1",))
BAD = {**FACT, "quote": "closed weights"}
THEIRS = {**FACT, "quote": "Other-1 is proprietary"}


def reading(text: str = TEXT) -> Reading:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Reading(
        address="a.txt", kind="text", read=dt.date(2026, 5, 5), sha256=sha256, text=text,
        title="On {{ name }}", publisher="Wire",
    )  # fmt: skip


@pytest.fixture(autouse=True)
def closed_clients() -> Iterator[None]:
    """Connections close with their loop, before anybody counts them."""
    yield
    _CLIENTS.clear()


_CLIENTS: list[AsyncOpenAI] = []


def extractor(server: FakeOpenAI, folder: Path, **options: Any) -> Extractor:
    llm = LlmSettings(kind="openai-chat", name="m", output_mode=options.pop("mode", "native"))
    _CLIENTS.append(AsyncOpenAI(base_url=server.base_url, api_key="key", max_retries=0))
    return Extractor(
        _CLIENTS[-1],
        llm,
        rules=(PROMPTS / "extract-rules.md.j2").read_text(encoding="utf-8"),
        source=(PROMPTS / "extract-source.md.j2").read_text(encoding="utf-8"),
        subject=NOVA,
        keeping=Keeping(folder),
        **options,
    )


def extract(
    one: Extractor, source: Reading | None = None, told: Callable[[int, int], None] | None = None
) -> Extracted:
    """Extract, and close every connection while their loop still runs."""

    async def whole() -> Extracted:
        try:
            return await one.extract(source or reading(), "S3", told)
        finally:
            for client in _CLIENTS:
                await client.close()

    return asyncio.run(whole())


def facts(*listed: dict[str, Any]) -> Reply:
    return Reply.json({"facts": list(listed)})


@pytest.mark.parametrize("mode", ["native", "tool", "prompted"])
def test_facts_are_taken_in_the_sources_own_words(tmp_path: Path, mode: str) -> None:
    with FakeOpenAI([facts({**FACT, "quote": "has OPEN  weights"})]) as server:
        found = extract(extractor(server, tmp_path, mode=mode))
        (call,) = server.calls
    assert (call.schema is None) == (mode == "prompted")
    assert mode == "prompted" or '"strict":true' in call.raw.decode().replace(" ", "")
    assert [(one.quote, one.source) for one in found.candidates] == [("has open weights", "S3")]
    assert (found.calls, found.refused, found.fault) == (1, (), "")
    assert found.input_tokens > 100


def test_the_text_of_a_stranger_is_a_value_and_never_a_template(tmp_path: Path) -> None:
    with FakeOpenAI([facts()]) as server:
        extract(extractor(server, tmp_path))
        (call,) = server.calls
    fence = [line for line in call.asked[0].splitlines() if line.startswith("source ")]
    assert len(fence) == 2
    assert fence[0] == fence[1]
    inside = call.asked[0].split(fence[0])[1]
    assert "It reads {{ 7 * 7 }}% of {% pages %} {# all #} at once." in inside
    assert "Title: On {{ name }}" in inside
    assert "Acme" in call.asked[0]
    assert "persona" not in call.prompt_text


def test_what_the_source_does_not_carry_is_sent_back(tmp_path: Path) -> None:
    with FakeOpenAI([facts(FACT, BAD), facts(FACT)]) as server:
        found = extract(extractor(server, tmp_path))
        told = server.calls[1].messages[-1]["content"]
    assert "'closed weights' does not stand in the source" in told
    assert [one.quote for one in found.candidates] == ["open weights"]
    assert found.refused == ()
    assert found.calls == 2


def test_what_is_not_mended_is_left_out_and_told(tmp_path: Path) -> None:
    with FakeOpenAI([facts(BAD, FACT, THEIRS)] * (MENDS + 1)) as server:
        found = extract(extractor(server, tmp_path))
    assert [one.quote for one in found.candidates] == ["open weights"]
    assert [one.quote for one in found.refused] == ["closed weights", "Other-1 is proprietary"]
    assert found.refused[1].reason.endswith("is about other-1, not about Nova-7")
    assert found.calls == MENDS + 1


def test_a_mend_that_sends_only_what_was_wrong_loses_nothing(tmp_path: Path) -> None:
    mended = {**BAD, "quote": "Nova-7 has open weights"}
    with FakeOpenAI([facts(FACT, BAD), facts(mended)]) as server:
        found = extract(extractor(server, tmp_path))
    assert {one.quote for one in found.candidates} == {"open weights", "Nova-7 has open weights"}


def test_no_source_is_paid_for_twice(tmp_path: Path) -> None:
    with FakeOpenAI([facts(FACT)]) as server:
        first = extract(extractor(server, tmp_path))
        one = extractor(server, tmp_path)
        assert (one.plan(reading()).calls, one.plan(reading()).kept) == (0, 1)
        again = extract(one)
        assert server.count == 1
    assert again.candidates == first.candidates
    assert (again.calls, again.kept) == (0, 1)


def test_an_answer_that_was_tampered_with_is_held_against_the_source(tmp_path: Path) -> None:
    with FakeOpenAI([facts(FACT)]) as server:
        extract(extractor(server, tmp_path))
        (kept,) = tmp_path.rglob("answers/*.json")
        kept.write_text(kept.read_text("utf-8").replace("open weights", "shut weights"), "utf-8")
        found = extract(extractor(server, tmp_path))
    assert found.candidates == ()
    assert [one.quote for one in found.refused] == ["shut weights"]


def long_text() -> str:
    return "\n\n".join(f"Note {at}: Nova-7 has mode number {at} of many." for at in range(120))


def by_note(request: FakeRequest) -> Reply:
    """Lists every note of the piece that is asked about."""
    notes = [line for line in request.asked[0].splitlines() if line.startswith("Note ")]
    quotes = [line.partition(": ")[2].rstrip(".") for line in notes]
    return facts(*({**FACT, "attribute": "modes", "quote": quote} for quote in quotes))


def test_a_long_source_is_read_in_pieces_and_nothing_is_lost(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    with FakeOpenAI(by_note) as server:
        one = extractor(server, tmp_path, size=1500)
        planned = one.plan(reading(long_text())).calls
        found = extract(one, reading(long_text()), lambda at, of: steps.append((at, of)))
        assert server.count == planned > 2
    assert len(found.candidates) == 120
    assert steps == [(at, planned) for at in range(planned)]


def test_a_stop_in_the_middle_goes_on_where_it_was(tmp_path: Path) -> None:
    calls: list[int] = []

    def failing(request: FakeRequest) -> Reply:
        calls.append(1)
        return Reply.status(500) if len(calls) == 2 else by_note(request)

    with FakeOpenAI(failing) as server:
        one = extractor(server, tmp_path, size=2500)
        planned = one.plan(reading(long_text())).calls
        first = extract(one, reading(long_text()))
        assert "did not answer" in first.fault
        again = extract(extractor(server, tmp_path, size=2500), reading(long_text()))
    assert (again.fault, again.kept, again.calls) == ("", planned - 1, 1)
    assert len(again.candidates) == 120


def test_an_answer_that_was_cut_off_is_asked_for_in_halves(tmp_path: Path) -> None:
    def short(request: FakeRequest) -> Reply:
        whole = request.asked[0].count("Note ") > 80
        return Reply.truncated('{"facts": [') if whole else by_note(request)

    with FakeOpenAI(short) as server:
        found = extract(extractor(server, tmp_path), reading(long_text()))
        assert extract(extractor(server, tmp_path), reading(long_text())).calls == 0
    assert found.fault == ""
    assert len(found.candidates) == 120


def test_an_answer_that_is_always_cut_off_is_told(tmp_path: Path) -> None:
    with FakeOpenAI([Reply.truncated('{"facts": [')] * 9) as server:
        found = extract(extractor(server, tmp_path))
    assert "cut off" in found.fault
    assert found.candidates == ()


@pytest.mark.parametrize("status", [401, 403, 404])
def test_an_endpoint_that_refuses_stops_the_build(tmp_path: Path, status: int) -> None:
    with FakeOpenAI([Reply.status(status)]) as server, pytest.raises(EndpointError) as caught:
        extract(extractor(server, tmp_path))
    assert str(status) in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "replies",
    [[Reply.text("I cannot help with that.")] * 3, [Reply.null_content()] * 3, [Reply.html()] * 3],
)
def test_an_answer_that_is_none_takes_no_fact(tmp_path: Path, replies: Sequence[Reply]) -> None:
    with FakeOpenAI(replies) as server:
        found = extract(extractor(server, tmp_path))
    assert found.candidates == ()


def test_a_source_without_text_costs_nothing(tmp_path: Path) -> None:
    with FakeOpenAI() as server:
        one = extractor(server, tmp_path)
        empty = Reading(address="a", kind="text", read=dt.date(2026, 5, 5))
        assert one.plan(empty).calls == 0
        assert extract(one, empty) == Extracted()
        assert server.count == 0
