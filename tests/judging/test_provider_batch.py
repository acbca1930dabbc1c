"""Batches over a real client and a real server, with everything that goes wrong on the way."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from openai import AsyncOpenAI

from panel.domain.value import canonical_json
from panel.errors import EndpointError
from panel.judging.provider_batch import BatchStatus, ProviderBatches
from panel.judging.provider_batch_answers import BatchAnswer
from panel.judging.provider_batch_faults import UnreachableError
from panel.judging.provider_batch_files import files_of
from panel.testing import BatchPlan, FakeOpenAI, FakeRequest, Reply
from tests.testing.asking import ask

ENDPOINT = "/v1/chat/completions"
Found = TypeVar("Found")
Work = Callable[[ProviderBatches], Awaitable[Found]]


@asynccontextmanager
async def batches_at(server: FakeOpenAI, retries: int = 0) -> AsyncGenerator[ProviderBatches]:
    async with AsyncOpenAI(base_url=server.base_url, api_key="sk-1", max_retries=retries) as client:
        yield ProviderBatches(client)


def talk(server: FakeOpenAI, work: Work[Found], retries: int = 0) -> Found:
    """What some work with a client gives."""

    async def run() -> Found:
        async with batches_at(server, retries) as batches:
            return await work(batches)

    return asyncio.run(run())


def input_file(folder: Path, count: int = 4) -> Path:
    rows = [
        (f"key-{n}", ENDPOINT, canonical_json(ask(persona=f"Reviewer {n}"))) for n in range(count)
    ]
    return next(iter(files_of(rows, folder)))


async def ended(batches: ProviderBatches, batch_id: str) -> BatchStatus:
    while not (status := await batches.poll(batch_id)).ended:
        pass
    return status


async def answered(batches: ProviderBatches, batch_id: str) -> list[BatchAnswer]:
    return [answer async for answer in batches.answers(batch_id)]


def through(folder: Path, *, count: int = 4) -> Work[tuple[BatchStatus, list[BatchAnswer]]]:
    """Submits, waits, and reads every answer."""

    async def work(batches: ProviderBatches) -> tuple[BatchStatus, list[BatchAnswer]]:
        lines = input_file(folder, count)
        batch_id = await batches.submit(lines, endpoint=ENDPOINT, tag="run-1")
        return await ended(batches, batch_id), await answered(batches, batch_id)

    return work


def test_a_batch_gives_the_answers_of_live_calls(fake: FakeOpenAI, tmp_path: Path) -> None:
    status, answers = talk(fake, through(tmp_path))
    assert status == BatchStatus(state="completed", done=4, total=4)
    assert sorted(answer.custom_id for answer in answers) == [f"key-{n}" for n in range(4)]
    assert [answer.custom_id for answer in answers] != [f"key-{n}" for n in range(4)]
    for answer in answers:
        assert (answer.status, answer.fault) == (200, None)
        body = json.loads(answer.body)
        assert answer.body == canonical_json(body)
        assert json.loads(body["choices"][0]["message"]["content"])["quote"]
    assert (len(fake.batches), fake.batches[0].metadata) == (1, {"shipskip": "run-1"})
    assert fake.files[0].content == (tmp_path / "requests-0001.jsonl").read_bytes()


def test_a_batch_is_watched_from_state_to_state(fake: FakeOpenAI, tmp_path: Path) -> None:
    async def work(batches: ProviderBatches) -> list[BatchStatus]:
        batch_id = await batches.submit(input_file(tmp_path), endpoint=ENDPOINT, tag="t")
        return [await batches.poll(batch_id) for _ in range(3)]

    assert talk(fake, work) == [
        BatchStatus(state="in_progress", done=2, total=4),
        BatchStatus(state="finalizing", done=4, total=4),
        BatchStatus(state="completed", done=4, total=4),
    ]


def test_failures_come_from_the_error_file_with_their_status(tmp_path: Path) -> None:
    script = [Reply(), Reply.status(429), Reply.drop(), Reply()]
    with FakeOpenAI(script) as server:
        status, answers = talk(server, through(tmp_path))
    by_key = {answer.custom_id: answer for answer in answers}
    assert (status.state, status.done, status.failed) == ("completed", 2, 2)
    assert (by_key["key-1"].status, by_key["key-1"].fault) == (429, None)
    assert json.loads(by_key["key-1"].body)["error"]["code"] == "rate_limit_exceeded"
    assert by_key["key-2"] == BatchAnswer(custom_id="key-2", status=None, fault="request_timeout")


def test_what_expired_is_named_and_the_rest_is_there(tmp_path: Path) -> None:
    with FakeOpenAI(batch_plan=BatchPlan(expire_after=1)) as server:
        status, answers = talk(server, through(tmp_path))
    assert (status.state, status.ended) == ("expired", True)
    assert [answer.status for answer in answers] == [200, None, None, None]
    assert {answer.fault for answer in answers[1:]} == {"batch_expired"}


def test_a_duplicate_is_passed_on(tmp_path: Path) -> None:
    with FakeOpenAI(batch_plan=BatchPlan(duplicates=1)) as server:
        _, answers = talk(server, through(tmp_path))
    assert len(answers) == 5
    assert len({answer.custom_id for answer in answers}) == 4


def test_a_refused_batch_says_why(tmp_path: Path) -> None:
    with FakeOpenAI(batch_plan=BatchPlan(refuse="token_limit_exceeded")) as server:
        status, answers = talk(server, through(tmp_path))
    assert (status.state, status.ended, answers) == ("failed", True, [])
    assert status.error.startswith("token_limit_exceeded: ")


def test_a_refused_batch_names_the_lines(fake: FakeOpenAI, tmp_path: Path) -> None:
    async def work(batches: ProviderBatches) -> BatchStatus:
        lines = input_file(tmp_path, 7)
        return await ended(batches, await batches.submit(lines, endpoint="/v1/other", tag="t"))

    error = talk(fake, work).error
    assert error.startswith("line 1: url_mismatch: ")
    assert error.endswith("and 2 more")


def test_a_batch_is_found_by_its_tag_however_many_there_are(
    fake: FakeOpenAI, tmp_path: Path
) -> None:
    async def work(batches: ProviderBatches) -> list[str | None]:
        lines = input_file(tmp_path, 1)
        made = [await batches.submit(lines, endpoint=ENDPOINT, tag=f"t{n}") for n in range(103)]
        assert len(set(made)) == 103
        return [await batches.find("t0") or "", made[0], await batches.find("none")]

    found, first, none = talk(fake, work)
    assert (found, none) == (first, None)


@pytest.mark.parametrize("retries", [0, 2])
def test_a_batch_that_was_made_unheard_is_not_made_again(tmp_path: Path, retries: int) -> None:
    with FakeOpenAI(batch_plan=BatchPlan(lost=1)) as server:
        status, answers = talk(server, through(tmp_path), retries)
        assert len(server.batches) == 1
    assert (status.state, len(answers)) == ("completed", 4)


def test_cancelling_keeps_what_was_answered_and_may_come_too_late(tmp_path: Path) -> None:
    async def work(batches: ProviderBatches) -> tuple[BatchStatus, list[BatchAnswer]]:
        batch_id = await batches.submit(input_file(tmp_path), endpoint=ENDPOINT, tag="t")
        await batches.poll(batch_id)
        await batches.cancel(batch_id)
        status = await ended(batches, batch_id)
        await batches.cancel(batch_id)
        return status, await answered(batches, batch_id)

    with FakeOpenAI(batch_plan=BatchPlan(polls=4)) as server:
        status, answers = talk(server, work)
    assert status.state == "cancelled"
    assert sorted(answer.fault or "" for answer in answers) == [
        "", "", "batch_cancelled", "batch_cancelled",
    ]  # fmt: skip


def test_a_damaged_line_names_its_file_and_line(tmp_path: Path) -> None:
    with (
        FakeOpenAI([Reply(), Reply.broken_json()], batch_plan=BatchPlan(shuffle=False)) as server,
        pytest.raises(EndpointError) as caught,
    ):
        talk(server, through(tmp_path))
    assert "output file file-000002: line 2: is damaged" in str(caught.value)
    assert "resume" in caught.value.remedy


def test_only_a_line_feed_ends_a_line(tmp_path: Path) -> None:
    strange = "a\u2028b\x85c\x0bd"

    def script(_: FakeRequest) -> Reply:
        return Reply(raw=json.dumps({"said": strange}, ensure_ascii=False).encode())

    with FakeOpenAI(script) as server:
        _, answers = talk(server, through(tmp_path))
    assert [json.loads(answer.body)["said"] for answer in answers] == [strange] * 4


def test_a_download_that_breaks_off_goes_on_where_it_was(tmp_path: Path) -> None:
    with FakeOpenAI(batch_plan=BatchPlan(cut_downloads=2)) as server:
        _, answers = talk(server, through(tmp_path, count=40), retries=2)
        assert len(answers) == 40
        assert len({answer.custom_id for answer in answers}) == 40
    with (
        FakeOpenAI(batch_plan=BatchPlan(cut_downloads=2)) as server,
        pytest.raises(UnreachableError, match="download file-000002"),
    ):
        talk(server, through(tmp_path), retries=1)


def test_a_key_that_is_refused_and_a_provider_without_batches(tmp_path: Path) -> None:
    with FakeOpenAI(key="another") as server, pytest.raises(EndpointError) as refused:
        talk(server, through(tmp_path))
    assert "HTTP 401" in refused.value.message
    assert "sk-" not in refused.value.message
    with FakeOpenAI(batch_plan=None) as server, pytest.raises(EndpointError) as missing:
        talk(server, through(tmp_path))
    assert "upload requests-0001.jsonl: HTTP 404" in missing.value.message
    assert "--service-tier flex" in missing.value.remedy
    assert not isinstance(missing.value, UnreachableError)


def test_a_batch_nobody_knows(fake: FakeOpenAI) -> None:
    with pytest.raises(EndpointError, match="knows no batch batch_9"):
        talk(fake, lambda batches: batches.poll("batch_9"))


def test_a_server_that_is_gone_may_come_back(tmp_path: Path) -> None:
    with FakeOpenAI() as server:
        pass
    with pytest.raises(UnreachableError, match="the connection failed"):
        talk(server, through(tmp_path))


OTHERS: list[tuple[Work[object], Reply]] = [
    (lambda batches: batches.poll("batch_1"), Reply.html()),
    (lambda batches: batches.poll("batch_1"), Reply.body({})),
    (lambda batches: batches.poll("batch_1"), Reply(raw=b"{")),
    (lambda batches: batches.find("t"), Reply.html()),
    (lambda batches: batches.find("t"), Reply(raw=b"{")),
]


@pytest.mark.parametrize(("look", "reply"), OTHERS)
def test_an_address_that_is_no_batch_api(look: Work[object], reply: Reply) -> None:
    with (
        FakeOpenAI(batch_plan=BatchPlan(instead=reply)) as server,
        pytest.raises(EndpointError, match="not that of a Batch API"),
    ):
        talk(server, look)
