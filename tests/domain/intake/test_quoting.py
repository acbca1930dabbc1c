import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.intake.quoting import Span, denied_before, own_words, places, sentence_at
from panel.domain.typography import sentences

TEXT = (
    "Nova\u2019s maker \u2014 Acme \u2014 calls it \u201copen\u201d, with a"
    " 128K\u2013256K window.\n"
    "It scores 52.8 on the index and 5 elsewhere.\n\n"
    "There are no open weights. Its price isn\u2019t public; access is not yet open to all.\n"
    "  \u2022 A well-known flaw: it\n    wraps across lines."
)
TYPED = str.maketrans("\u2019\u201c\u201d\u2014\u2013", '\'""--')


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ('calls it "open"', "calls it \u201copen\u201d"),
        ("NOVA'S MAKER - Acme -", "Nova\u2019s maker \u2014 Acme \u2014"),
        ("Nova's maker-Acme", "Nova\u2019s maker \u2014 Acme"),
        ("a 128K-256K window", "a 128K\u2013256K window"),
        ("flaw: it wraps across", "flaw: it wraps across"),
        ("52.8", "52.8"),
        ("5 elsewhere", "5 elsewhere"),
        ("scores 52", None),
        ("2.8 on the index", None),
        ("128", None),
        ("pen weights", None),
        ("Nova", "Nova"),
        ("calls it open with", None),
        ("", None),
        ("-", "\u2014"),
        ("\u200b", None),
    ],
)
def test_a_quote_is_found_by_the_one_rule_and_kept_as_it_stands(
    quote: str, found: str | None
) -> None:
    assert own_words(quote, TEXT) == found


def test_every_place_is_found() -> None:
    assert [TEXT[span.start : span.end] for span in places("open", TEXT)] == ["open"] * 3


@pytest.mark.parametrize(
    ("quote", "denial"),
    [
        ("open weights", "no"),
        ("no open weights", None),
        ("public", "isn't"),
        ("open to all", "not yet"),
        ("Its price", None),
    ],
)
def test_a_quote_that_begins_after_its_denial_is_known(quote: str, denial: str | None) -> None:
    assert denied_before(next(places(quote, TEXT)), TEXT) == denial


def test_the_sentence_around_a_quote() -> None:
    span = sentence_at(next(places("price", TEXT)), TEXT)
    assert TEXT[span.start : span.end].strip().startswith("Its price")
    assert TEXT[span.start : span.end].endswith("open to all.")
    assert sentence_at(Span(0, 3), "abc def") == (0, 7)


ARTICLE = [
    "Nova-7 was released on 4 May 2026 \u2014 its maker\u2019s first model in a year.",
    "It reads 128K tokens, \u201cmore than most people will ever need\u201d, and writes 8K.",
    "The licence forbids use by companies with revenue above $10 million a year.",
    "On the index it scores 52, behind Other-1 at 57 and Third-2 at 55.",
    "Weights can be downloaded; training data and code are not part of the release.",
    "Early users complain about refusals \u2013 and about a price that doubled in June.",
]


def test_every_sentence_retyped_is_a_quote_of_its_source() -> None:
    text = " ".join(ARTICLE)
    for sentence in ARTICLE:
        assert own_words(sentence.translate(TYPED), text) == sentence


def test_no_mutated_sentence_is_a_quote() -> None:
    chance = random.Random(7)
    text, other = " ".join(ARTICLE), "Nova-7 is a model. It reads tokens and has a licence."
    for at in range(1000):
        sentence = chance.choice(ARTICLE)
        words = sentence.split()
        place = chance.randrange(1, len(words) - 1)
        dropped = " ".join(words[:place] + words[place + 1 :])
        negated = " ".join([*words[:place], "not", *words[place:]])
        glued = f"{sentence} {chance.choice([one for one in ARTICLE if one != sentence])}"
        wrong = glued if glued not in text else dropped
        mutated, where = [(dropped, text), (negated, text), (wrong, text), (sentence, other)][
            at % 4
        ]
        assert own_words(mutated, where) is None, mutated


@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_is_asked_the_answer_stands_in_the_source(quote: str, text: str) -> None:
    found = own_words(quote, text)
    assert found is None or found in " ".join(text.split())


@given(st.text(max_size=200), st.integers(0, 200), st.integers(1, 60))
def test_whole_words_of_a_text_are_a_quote_of_it(text: str, start: int, count: int) -> None:
    words = [word for word in text.split() if word.isascii() and word.isalnum()]
    quote = " ".join(words[start : start + count])
    assert not quote or own_words(quote, " ".join(words)) == quote


def test_sentences_of_a_text_are_quotes_of_it() -> None:
    for start, end in sentences(TEXT):
        assert own_words(TEXT[start:end].translate(TYPED), TEXT)
