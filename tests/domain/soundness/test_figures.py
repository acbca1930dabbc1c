"""Arithmetic that cannot hold is found, and arithmetic that can is left alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.soundness.figures import figure_findings
from tests.domain.soundness.cases import found, with_facts

BIG = "The FP8 variant of the 35-billion-parameter model runs well on a single 24 GB card."


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("Tern", BIG),
        ("Tern-35B-A3B", "The FP8 copy runs on one consumer card with 24 GB."),
        ("Tern 35B", "At 8 bits a weight it fits in 24GB of memory."),
        ("Tern 70B", "The 4-bit copy fits a 24 GiB card."),
        ("Tern", "Quantised to INT4, 218B parameters fit one card of 80 GB."),
        ("Tern", "In bf16 its 7 billion parameters need 12 GB."),
        ("Tern", "1.8B parameters at 1.25-bit fill 200 MB."),
        ("Tern 27B", "W4A16 weights run on a laptop with 8 GB."),
    ],
)
def test_weights_that_do_not_fit(name: str, statement: str) -> None:
    ((path, message),) = found(figure_findings, with_facts({"statement": statement}, name=name))
    assert path == ("facts", 0, "statement")
    assert "for the weights alone" in message


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("Tern", BIG.replace("24 GB", "48 GB")),
        ("Tern", BIG.replace("FP8", "4-bit")),
        ("Tern", BIG.replace("35-billion", "3-billion")),
        ("Tern-1.8B", "Compressed to 1.25 bits it takes 440 MB."),
        ("Tern", "The family has 7B and 30B models, and at 8 bits the small one fits 8 GB."),
        ("Tern", "After a $35 billion rebuild the 8-bit copy fits 24 GB."),
        ("Tern", "An 8-bit copy serves 3 billion users from cards of 24 GB."),
        ("Tern 35B", "It was trained on cards with 24 GB."),
        ("Tern 35B", "The 8-bit copy needs 40 GB, not the 24 GB of common cards."),
    ],
)
def test_weights_that_may_fit(name: str, statement: str) -> None:
    assert found(figure_findings, with_facts({"statement": statement}, name=name)) == []


@pytest.mark.parametrize("standing", ["disputed", "superseded"])
def test_a_claim_marked_as_one_is_left_alone(standing: str) -> None:
    assert found(figure_findings, with_facts({"statement": BIG, "standing": standing})) == []


@pytest.mark.parametrize(
    "size",
    [
        {"value": "35", "unit": "billion parameters"},
        {"value": "35 billion", "unit": "parameters"},
        {"value": "35,000,000,000", "unit": "parameters"},
        {"statement": "Tern has 35 billion parameters in total.", "attribute": "parameters"},
    ],
)
def test_the_size_may_stand_in_another_fact(size: dict[str, Any]) -> None:
    claim = {"statement": "The FP8 copy runs on one card.", "value": "24", "unit": "GB"}
    (finding,) = found(figure_findings, with_facts(size, claim))
    assert finding[0] == ("facts", 1, "statement")
    assert "35 GB" in finding[1]


def test_a_summary_may_do_the_sum_itself() -> None:
    claim = "It is said to run in FP8 on 24 GB."
    assert found(figure_findings, with_facts({}, name="Tern 35B", summary=claim))
    told = f"{claim} At 8 bits it fills 35 GB."
    assert found(figure_findings, with_facts({}, name="Tern 35B", summary=told)) == []


@given(billions=st.integers(1, 900), bits=st.sampled_from([2, 4, 8, 16]), room=st.integers(1, 2000))
def test_memory_follows_the_formula(billions: int, bits: int, room: int) -> None:
    statement = f"At {bits} bits the {billions} billion parameters fit {room} GB."
    findings = found(figure_findings, with_facts({"statement": statement}))
    assert bool(findings) == (billions * bits / 8 > room)


@pytest.mark.parametrize(
    ("name", "facts", "count"),
    [
        ("Tern-3B", [{"statement": "It has 25 billion active parameters."}], 1),
        ("Tern-35B-A3B", [{"statement": "It has 3 billion active parameters."}], 0),
        (
            "Tern",
            [
                {"value": "25 billion", "unit": "parameters", "attribute": "total-parameters"},
                {"value": "218 billion", "unit": "parameters", "attribute": "active-parameters"},
            ],
            1,
        ),
    ],
)
def test_no_more_parameters_work_than_there_are(
    name: str, facts: list[dict[str, Any]], count: int
) -> None:
    findings = found(figure_findings, with_facts(*facts, name=name))
    assert len(findings) == count
    assert all("active of" in message for _, message in findings)


@pytest.mark.parametrize(
    ("price", "paths"),
    [
        ({"input_per_million": 5, "output_per_million": 15, "facts": ["F1"]}, []),
        (
            {"input_per_million": 15, "output_per_million": 5, "facts": ["F1"]},
            ["input_per_million"],
        ),
        ({"output_per_million": 1500, "facts": ["F1"]}, ["output_per_million"]),
        ({"output_per_million": 1500, "currency": "JPY", "facts": ["F1"]}, []),
        ({"input_per_million": 0, "output_per_million": 0, "facts": ["F1"]}, []),
        ({"input_per_million": 5}, ["input_per_million"]),
        ({"entry": "Free"}, []),
    ],
)
def test_prices(price: dict[str, Any], paths: list[str]) -> None:
    findings = found(figure_findings, with_facts({}, price=price))
    assert [path for path, _ in findings] == [("price", key) for key in paths]


@pytest.mark.parametrize(
    ("fact", "count"),
    [
        ({"value": "140", "unit": "%"}, 1),
        ({"value": "140", "unit": "%", "statement": "It is 140 % faster than Gull."}, 0),
        ({"value": "100", "unit": "percent"}, 0),
        ({"value": "-5", "unit": "GB"}, 1),
        ({"value": "\u22125", "unit": "tokens"}, 1),
        ({"value": "-5", "unit": "points"}, 0),
        ({"value": "-5", "unit": "%"}, 0),
        ({"value": "5000", "unit": "USD per million tokens"}, 1),
        ({"value": "5", "unit": "USD per million tokens"}, 0),
        ({"value": "proprietary"}, 0),
        ({"statement": "It solves 104% of the tasks."}, 1),
        ({"statement": "It solves 94 per cent of the tasks."}, 0),
    ],
)
def test_values_and_shares(fact: dict[str, Any], count: int) -> None:
    assert len(found(figure_findings, with_facts(fact))) == count
