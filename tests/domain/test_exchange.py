from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from panel.domain.exchange import Exchange, tape_key
from panel.domain.value import canonical_json

PATH = "/chat/completions"
BODY = canonical_json({"model": "fake-llm", "seed": 7})


def make_exchange(**changes: Any) -> Exchange:
    content: dict[str, Any] = {
        "key": tape_key(PATH, BODY, 1),
        "path": PATH,
        "request": BODY,
        "status": 200,
        "content_type": "application/json",
        "response": "{}",
    }
    return Exchange.model_validate({**content, **changes})


def test_the_key_of_a_call_is_pinned() -> None:
    assert tape_key(PATH, BODY, 1).startswith("cffbf42c79d6d32a")


@given(st.text(), st.text(), st.integers(1, 99), st.text(), st.text(), st.integers(1, 99))
def test_different_calls_have_different_keys(
    path: str, body: str, sample: int, other_path: str, other_body: str, other_sample: int
) -> None:
    same = (path, body, sample) == (other_path, other_body, other_sample)
    assert (tape_key(path, body, sample) == tape_key(other_path, other_body, other_sample)) is same


def test_the_parts_of_a_key_do_not_run_into_each_other() -> None:
    assert tape_key("/a", "b", 1) != tape_key("/ab", "", 1)


def test_samples_of_one_prompt_are_calls_of_their_own() -> None:
    assert len({tape_key(PATH, BODY, sample) for sample in range(1, 101)}) == 100


@pytest.mark.parametrize(
    ("status", "succeeded"),
    [(None, False), (199, False), (200, True), (299, True), (301, False), (429, False)],
)
def test_success_is_a_status_of_the_two_hundreds(status: int | None, succeeded: bool) -> None:
    assert make_exchange(status=status).succeeded is succeeded


def test_a_call_without_an_answer_says_why() -> None:
    exchange = make_exchange(status=None, content_type="", response="", fault="timeout")
    assert Exchange.model_validate_json(exchange.model_dump_json()) == exchange
    assert not exchange.succeeded


@pytest.mark.parametrize("field", ["headers", "authorization", "host"])
def test_no_header_no_key_and_no_host_fit_in(field: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        make_exchange(**{field: "x"})


def test_the_key_must_be_a_digest() -> None:
    with pytest.raises(ValidationError, match="key"):
        make_exchange(key="1")
