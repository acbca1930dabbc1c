"""Every kind of failure has a remedy, and no secret survives in its detail."""

from typing import get_args

import pytest

from panel.domain.review import FailureKind
from panel.judging.remedies import failure, plain_line


@pytest.mark.parametrize("kind", get_args(FailureKind))
def test_every_kind_says_what_to_do(kind: FailureKind) -> None:
    found = failure(kind, "something was said")
    assert found.kind == kind
    assert len(found.remedy.split()) >= 3
    assert not (found.ends_run and found.retryable)


def test_known_keys_are_taken_out() -> None:
    assert "CANARYKEY1" not in failure("refused", "told CANARYKEY1", ("CANARYKEY1",)).detail


def test_what_was_said_is_cut_and_kept_on_one_line() -> None:
    found = failure("refused", "ok\r\n2026-11-21 INFO approved " + "x" * 1000)
    assert len(found.detail) <= 400
    assert "\n" not in found.detail


@pytest.mark.parametrize("char", ["\n", "\r", "\x1b", "\x07", "\x85", "\u2028", "\u202e", "\u200b"])
def test_a_line_holds_nothing_that_moves_a_cursor_or_cannot_be_seen(char: str) -> None:
    assert plain_line(f" said{char}{char}so{char}") == "said so"
