"""The corpus is sound, and some of its packs meet the goals on the way `dossier build` goes."""

from collections import Counter
from pathlib import Path

import pytest

from bench.extraction import measured
from panel.domain.fact import MAX_QUOTE_WORDS
from panel.domain.intake.quoting import own_words
from tests.corpus.packs import FOLDER, Pack, packs
from tests.corpus.scripted import Liar, Silent, bent

UNSEEN = tuple(pack for one in ("", "_2", "_3") for pack in packs(FOLDER / f"unseen{one}"))
ALL = (*packs(), *packs(FOLDER / "held_out"), *UNSEEN)
MINE = {pack.slug: pack for pack in ALL}


@pytest.mark.parametrize("pack", ALL, ids=lambda pack: pack.slug)
def test_labels_speak_of_what_stands_in_the_documents(pack: Pack) -> None:
    assert 2 <= len(pack.documents) <= 4
    for label in pack.facts.values():
        text = Path(pack.folder / label.source.partition("#")[0]).read_text(encoding="utf-8")
        assert own_words(label.quote, text), label.quote
        assert len(label.quote.split()) <= MAX_QUOTE_WORDS
        assert label.given or not own_words(bent(label.quote)["quote"], text), "bending shows"
    pairs = [one.pair for one in (*pack.conflicts, *pack.negatives)]
    assert {name for pair in pairs for name in pair} <= set(pack.facts)
    assert len({frozenset(pair) for pair in pairs}) == len(pairs), "each pair once"
    for conflict in pack.conflicts:
        assert (conflict.words is not None) == (conflict.kind == "implicit")


def test_the_corpus_is_as_large_as_it_says() -> None:
    assert len(packs()) >= 12
    kinds = Counter(one.kind for pack in packs() for one in pack.conflicts)
    assert kinds["explicit"] >= 36
    assert kinds["implicit"] >= 18
    assert {one.why for pack in packs() for one in pack.negatives} == {
        "alias", "compatible", "paraphrase", "superseded",
    }  # fmt: skip
    assert {"footer", "rival", "cut denial"} <= {one.why for pack in packs() for one in pack.traps}


def test_code_alone_finds_what_speaks_of_one_property(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIPSKIP_API_KEY", "made-up-key-of-tests")
    score = measured([MINE["wren-mini"]], script=Silent)
    assert score.explicit.of == 9
    assert score.explicit.bad == score.sound.bad == score.harmless.bad == []
    assert score.implicit.good == 0, "these take somebody who proposes them"


def test_what_an_llm_makes_up_does_not_get_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIPSKIP_API_KEY", "made-up-key-of-tests")
    score = measured([MINE["heron-2"], MINE["pipit-edge"]], script=Liar)
    assert score.quotes.bad == []
    assert score.precision.bad == [], "not one bent quote, rival or footer"
    assert score.recall.bad == [], "what is sound is kept beside it"
    assert score.explicit.bad == score.implicit.bad == []
    assert score.sound.bad == score.harmless.bad == []


def test_a_model_that_every_text_tells_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Licence, weights, disclosure, name, modes, access, a twin and the entry price."""
    monkeypatch.setenv("SHIPSKIP_API_KEY", "made-up-key-of-tests")
    score = measured([MINE["glint-5"]], script=Liar)
    assert score.explicit.of + score.implicit.of == 10
    assert score.explicit.bad == score.implicit.bad == []
    assert score.sound.bad == score.harmless.bad == [], "two descriptions of one person are none"
