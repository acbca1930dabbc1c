"""A verdict names only the licence, or the openness, that a cited fact states."""

import pytest

from panel.testing.values import make_dossier
from tests.domain.checks.bench import DOSSIER, context_of, flags_of, found, words_of

CLOSED = make_dossier(
    facts=[
        {
            **DOSSIER.facts[1].model_dump(mode="json"),
            "statement": "The model is proprietary.",
            "brief": "a proprietary licence",
            "value": "proprietary",
            "witnesses": [{"source": "S1", "quote": "is proprietary"}],
        }
    ],
    price={},
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("The Apache 2.0 licence settles it.", []),
        ("The Apache-2.0 licence settles it.", []),
        ("The Apache License settles it.", []),
        ("It is open source in the plain sense.", []),
        ("A permissive licence settles it.", []),
        ("The MIT licence settles it.", ["MIT licence"]),
        ("It is GPLv3 underneath.", ["GPLv3"]),
        ("It is proprietary.", ["proprietary"]),
        ("It is closed-source.", ["closed-source"]),
        ("The Llama community licence applies.", ["Llama community licence"]),
        ("It is for non-commercial use.", ["non-commercial"]),
        ("It is not proprietary.", []),
    ],
)
def test_an_apache_licence(said: str, words: list[str]) -> None:
    assert found("uncarried-licence", said) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It is closed source.", []),
        ("It is not open source.", []),
        ("It isn't open-source, and there are no open weights.", []),
        ("It is open source.", ["open source"]),
        ("The open weights are welcome.", ["open weights"]),
        ("Apache 2.0 is welcome.", ["Apache 2.0"]),
    ],
)
def test_a_closed_licence(said: str, words: list[str]) -> None:
    flags = flags_of(said, context_of(CLOSED), facts=("F2",))
    assert words_of("uncarried-licence", flags) == words


def test_the_fact_must_be_cited() -> None:
    assert found("uncarried-licence", "Apache 2.0 settles it.", facts=("F1",)) == ["Apache 2.0"]
