"""Wording of numbers, days, money and tokens."""

import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.review import Usage
from panel.publishing import words


@given(st.text())
def test_visible_text_keeps_its_length_and_hides_nothing(text: str) -> None:
    shown = words.visible(text)
    assert len(shown) == len(text)
    assert {unicodedata.category(char) for char in shown}.isdisjoint(
        {"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"}
    )


def test_escape_sequences_and_reordering_become_replacement_characters() -> None:
    assert words.one_line("\x1b[31mred\u202e\n\n  end ") == "\ufffd[31mred\ufffd end"


@pytest.mark.parametrize(
    "url",
    ["https://a.example/x?y=1#z", "http://a.example", "https://a.example/(x)"],
)
def test_web_addresses_pass(url: str) -> None:
    assert words.web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "javascript:alert(1)",
        "JAVASCRIPT://a.example/%0aalert(1)",
        "data:text/html,x",
        "//a.example/x",
        "https://",
        "https://user@a.example/",
        "https://a.example/ x",
        "https://a.example/\u202e",
        "http://[broken",
        "mailto:a@b.example",
    ],
)
def test_everything_else_is_no_link(url: str | None) -> None:
    assert words.web_address(url) is None


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (None, "unknown"),
        (Decimal(0), "$0.00"),
        (Decimal(2), "$2.00"),
        (Decimal("1E+3"), "$1,000.00"),
        (Decimal("0.0123"), "$0.0123"),
        (Decimal("0.01234567"), "$0.0123"),
        (Decimal("0.00001"), "under $0.0001"),
        (Decimal("12.5"), "$12.50"),
    ],
)
def test_money(amount: Decimal | None, expected: str) -> None:
    assert words.money(amount) == expected


def test_money_names_its_currency() -> None:
    assert words.money(Decimal("0.3"), "EUR") == "€0.30"
    assert words.money(Decimal("0.3"), "CHF") == "CHF 0.30"


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (Usage(), "no calls"),
        (Usage(calls=2, input_tokens=None), "tokens unknown over 2 calls"),
        (
            Usage(calls=1, input_tokens=4000, output_tokens=300, cached_tokens=1000),
            "4,000 tokens in (1,000 of them cached), 300 out, 1 call",
        ),
        (
            Usage(calls=1, input_tokens=0, output_tokens=0),
            "0 tokens in (0 of them cached), 0 out, 1 call",
        ),
    ],
)
def test_tokens(usage: Usage, expected: str) -> None:
    assert words.tokens(usage) == expected


def test_days_and_lists() -> None:
    assert words.day(dt.date(2026, 4, 8)) == "8 April 2026"
    assert words.day(None) == "undated"
    assert [words.listed(list(items)) for items in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert (words.counted(1, "seat"), words.counted(1200, "seat")) == ("1 seat", "1,200 seats")
    assert words.percent(0.624) == "62 %"


def test_a_number_stays_with_its_sign() -> None:
    assert words.unbroken("20 %, n = 5") == "20\u00a0%, n\u00a0=\u00a05"
