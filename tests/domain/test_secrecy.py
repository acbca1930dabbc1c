"""Keys never reach a text that is stored or shown."""

import pytest

from panel.domain.secrecy import redact, without_keys


@pytest.mark.parametrize(
    "text",
    [
        "Incorrect API key provided: sk-proj-a1B2c3D4e5F6.",
        "Incorrect API key provided: sk-****f00d.",
        "GET https://api.invalid/v1?key=sk-test-CANARYKEY1 failed",
        "GET https://api.invalid/v1?key=CANARYKEY1 failed",
        "Authorization: Bearer abcdefgh12345678",
        "https://user:CANARYKEY1@host.invalid/",
        "api_key=CANARYKEY1&x=1",
        "token=CANARYKEY1",
        "AIzaSyA-1234567890abcdefghijklmn",
    ],
)
def test_anything_shaped_like_a_key_is_taken_out(text: str) -> None:
    clean = redact(text)
    assert "[key]" in clean
    for secret in ("CANARYKEY1", "a1B2c3D4", "f00d", "abcdefgh1234", "AIza"):
        assert secret not in clean


def test_a_known_secret_is_taken_out_whatever_its_shape() -> None:
    assert redact("the pass is correct horse", ["correct horse"]) == "the pass is [key]"


def test_short_secrets_do_not_eat_ordinary_words() -> None:
    assert redact("a cat", ["a"]) == "a cat"


@pytest.mark.parametrize(
    "text",
    ["Rate limit reached for requests.", "the task-based key facts", "HTTP 404: no such llm"],
)
def test_ordinary_messages_stay(text: str) -> None:
    assert redact(text) == text


def test_an_answer_loses_the_key_and_keeps_what_only_looks_like_one() -> None:
    said = "or-else, sk-learn-style code runs on ollama; abcdef-123456 does not"
    clean = without_keys(said, ["abcdef-123456", "ollama"])
    assert clean == said.replace("abcdef-123456", "[key]")
