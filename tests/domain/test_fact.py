"""Sources, facts and conflicts accept what an editor means and nothing else."""

from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.fact import Conflict, Fact, Settlement, Source
from panel.testing.texts import DOSSIER, LICENCE_CONFLICT

SOURCE: dict[str, Any] = DOSSIER["sources"][0]
FACT: dict[str, Any] = DOSSIER["facts"][0]


@pytest.mark.parametrize("id_", ["S1", "S999"])
@pytest.mark.parametrize("url", ["https://example.com/a?b=1", "http://example.com", None])
def test_sources(id_: str, url: str | None) -> None:
    assert Source.model_validate({**SOURCE, "id": id_, "url": url}).url == url


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "S0"},
        {"id": "S01"},
        {"id": "s1"},
        {"id": "S1000"},
        {"id": "F1"},
        {"url": "file:///etc/passwd"},
        {"url": "javascript:alert(1)"},
        {"url": "https://editor:secret@example.com/"},
        {"url": "https://example.com/a b"},
        {"url": "https://example.com/" + "x" * 500},
        {"sha256": "A" * 64},
        {"sha256": "a" * 63},
        {"publisher": ""},
        {"title": "a\u202eb"},
        {"copy_of": "1"},
        {"author": "somebody"},
    ],
)
def test_what_is_no_source_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Source.model_validate({**SOURCE, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "F0"},
        {"topic": "license"},
        {"attribute": "Licence"},
        {"attribute": "x"},
        {"standing": "rumoured"},
        {"leaning": "positive"},
        {"brief": "x" * 71},
        {"statement": "  "},
        {"statement": "x" * 401},
        {"value": ""},
        {"witnesses": []},
        {"witnesses": [{"source": "S1"}]},
        {"witnesses": [{"source": "S1", "quote": "q", "page": 3}]},
        {"witnesses": [{"source": "S1", "quote": "q"}] * 21},
    ],
)
def test_what_is_no_fact_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Fact.model_validate({**FACT, **changes})


def test_a_fact_is_kept_as_written() -> None:
    fact = Fact.model_validate({**FACT, "statement": "{{ 7*7 }} <b>100% of $HOME</b>"})
    assert fact.statement == "{{ 7*7 }} <b>100% of $HOME</b>"


@pytest.mark.parametrize("changes", [{"facts": ["F1"]}, {"facts": ["F1"] * 21}, {"id": "C0"}])
def test_what_is_no_conflict_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Conflict.model_validate({**LICENCE_CONFLICT, **changes})


def test_a_settlement_names_who_when_and_why() -> None:
    whole = {"how": "pick", "fact": "F1", "by": "Ada", "on": "2026-05-04", "reason": "newer"}
    assert Settlement.model_validate(whole).by == "Ada"
    for key in ("how", "by", "on", "reason"):
        with pytest.raises(ValidationError):
            Settlement.model_validate({name: whole[name] for name in whole if name != key})
