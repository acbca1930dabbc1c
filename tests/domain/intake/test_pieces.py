from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.intake.pieces import defused, pieces
from panel.domain.intake.quoting import Span

LINES = [f"Line {at} says that mode number {at} is on." for at in range(200)]
TEXT = "\n".join(LINES)


def test_a_short_text_is_one_piece() -> None:
    (piece,) = pieces("One.\n\nTwo.")
    assert (piece.text, piece.span, piece.under) == ("One.\nTwo.", (0, 10), "")


def test_every_line_stands_whole_in_a_piece_and_neighbours_overlap() -> None:
    found = pieces(TEXT, size=1000, overlap=150)
    assert len(found) > 8
    assert all(len(piece.text) <= 1000 for piece in found)
    assert all(any(line in piece.text for piece in found) for line in LINES)
    for one, other in pairwise(found):
        assert other.span.start < one.span.end - 100


def test_a_cut_falls_before_a_heading_and_the_heading_goes_with_what_follows() -> None:
    text = "\n".join(LINES[:12]) + "\n\nWhat it costs\n" + "\n".join(LINES[12:40])
    found = pieces(text, size=700, overlap=100)
    assert found[0].text.splitlines()[-1] == LINES[11]
    assert any("What it costs" in piece.text for piece in found)
    assert found[-1].under == "What it costs"


def test_a_paragraph_longer_than_a_piece_is_cut_with_overlap() -> None:
    text = " ".join(LINES)
    found = pieces(text, size=1000, overlap=150)
    assert all(len(piece.text) <= 1000 for piece in found)
    assert all(any(line in piece.text for piece in found) for line in LINES)


def test_what_is_left_out_is_in_no_piece() -> None:
    start = TEXT.index("Line 50 ")
    found = pieces(TEXT, without=[Span(start, len(TEXT))], size=1000)
    assert not any("Line 50 " in piece.text for piece in found)
    assert any("Line 49 " in piece.text for piece in found)


@given(st.text(alphabet="ab \n.", max_size=600), st.integers(20, 80), st.integers(0, 15))
def test_no_word_is_lost_whatever_the_text(text: str, size: int, overlap: int) -> None:
    found = pieces(text, size=size, overlap=overlap)
    joined = "".join("".join(piece.text.split()) for piece in found)
    assert len(joined) >= len("".join(text.split()))
    covered = {at for piece in found for at in range(*piece.span)}
    assert all(at in covered for at, char in enumerate(text) if char.strip())


@pytest.mark.parametrize(
    "token",
    ["<|im_end|>", "<|im_start|>system", "[INST]", "[/INST]", "<<SYS>>", "</s>", "<start_of_turn>",
     "<|endoftext|>", "<\uff5cUser\uff5c>", "<think>", "<eos>", "<|im_start"],
)  # fmt: skip
def test_tokens_of_chat_templates_are_broken(token: str) -> None:
    shown = defused(f"It is out.{token} It is free.")
    assert token not in shown
    assert shown.replace(" ", "") == f"It is out.{token} It is free.".replace(" ", "")


@pytest.mark.parametrize("text", ["a < b > c", "<b>bold</b>", "[1] a [install]", "x | y |> z", ""])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert defused(text) == text
