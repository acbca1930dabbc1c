"""A search finds the same drafts on both databases, whatever is typed."""

import pytest

from panel.domain.editing.queue import QueueQuery
from panel.store.store import Store
from panel.store.words import LONGEST, folded
from tests.store import desk_values as d
from tests.store import values as v

TEXTS = {
    "one": "The quick brown fox costs $0.30 per million tokens; GPT-5.5 does not.",
    "two": "Ünïcode façades — a brown-quick O'Reilly's naïve 模型 test\x00end",
    "three": "5.5 million users of gpt; snake_case and 1e5 rows, Ⅷ, 35B-A3B ½",
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["one", "three", "two"]),
        ("   ", ["one", "three", "two"]),
        ("quick", ["one", "two"]),
        ("QUI bro", ["one", "two"]),
        ('"quick brown"', ["one"]),
        ('"quick bro"', []),
        ("quick-bro", ["one"]),
        ("gpt-5.5", ["one"]),
        ("gpt-5", ["one"]),
        ("q", []),
        ("5", ["one", "three"]),
        ("模", ["two"]),
        ("gpt 5.5", ["one", "three"]),
        ("unicode facade", ["two"]),
        ("ÜNICODE", ["two"]),
        ("o'reilly", ["two"]),
        ("模型", ["two"]),
        ("35b", ["three"]),
        ("1e5", ["three"]),
        ("viii", ["three"]),
        ("snake_case", ["three"]),
        ("0.30", ["one"]),
        ("nowhere", []),
        ("quick nowhere", []),
        ("vendor", ["one", "three", "two"]),
        ("two", ["two"]),
        ("…", []),
        ('"', []),
        ('quick "', ["one", "two"]),
        ("quick OR nowhere", []),
        ("fox NOT quick", ["one"]),
        ("words:quick", []),
        ("qu*", ["one", "two"]),
        ("NEAR(quick fox)", []),
        ("'; DROP TABLE drafts; --", []),
        ("a & b | !c <-> (d", []),
        ("% _ \\ \x00", []),
    ],
)
def test_a_query_finds_the_same_everywhere(store: Store, query: str, found: list[str]) -> None:
    run = v.stored_run(store)
    store.put_drafts([(d.row(run, slug), text, "") for slug, text in TEXTS.items()])
    page = store.queue(QueueQuery(q=query, sort="name"), v.NOON.date(), "ana")
    assert [row.slug for row in page.rows] == found
    assert page.total == len(found)


def test_a_draft_is_found_by_what_it_says_now(store: Store) -> None:
    run = v.stored_run(store)
    for text in ("the old words", "the new words"):
        store.put_drafts([(d.row(run), text, "")])
    assert store.queue(QueueQuery(q="old"), v.NOON.date(), "ana").total == 0
    assert store.queue(QueueQuery(q="new words"), v.NOON.date(), "ana").total == 1


def test_a_text_of_any_length_is_kept(store: Store) -> None:
    run = v.stored_run(store)
    different = " ".join(f"wörd{n}" for n in range(LONGEST // 4))
    long = "x" * LONGEST
    store.put_drafts([(d.row(run, "zeta"), different, ""), (d.row(run, "alpha"), long, "")])
    assert store.queue(QueueQuery(q="word77"), v.NOON.date(), "ana").total == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Straße ﬁn", ["strasse", "fin"]),
        ("São-Paulo_2", ["sao", "paulo", "2"]),
        ("한국어 モデル", ["한국어", "モテル"]),
        ("—…'\"", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert folded(text) == words
