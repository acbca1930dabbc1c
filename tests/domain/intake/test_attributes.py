import pytest

from panel.domain.intake.attributes import canonical, drifts, nature


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("license", "licence"),
        ("context-length", "context-window"),
        ("params", "total-parameters"),
        ("swe-bench-verified-score", "swebench-verified"),
        ("gpqa-diamond", "gpqa-diamond-accuracy"),
        ("humanitys-last-exam", "humanitys-last-exam-score"),
        ("artificial-analysis-intelligence-index", "intelligence-index"),
        ("mmlu-pro", "mmlu-pro-result"),
    ],
)
def test_aliases_have_one_name(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("swe-bench-verified", "swe-bench-pro"),
        ("input-price", "output-price"),
        ("total-parameters", "active-parameters"),
        ("healthbench-hard", "healthbench-rivals"),
        ("ai-index", "intelligence-index"),
        ("anything-else", "anything"),
    ],
)
def test_different_things_keep_different_names(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ("input-price", "moving"),
        ("index-rank", "moving"),
        ("access", "moving"),
        ("release-day", "fixed"),
        ("params", "fixed"),
        ("benchmark-disclosure", "fixed"),
        ("licence", "either"),
        ("context-window", "either"),
    ],
)
def test_what_time_does_to_a_property(attribute: str, expected: str) -> None:
    assert nature(attribute) == expected


def test_counts_drift_and_prices_are_set() -> None:
    assert drifts("downloads")
    assert not drifts("input-price")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("availability-in-china", "china"),
        ("video-input", "video"),
        ("number-of-layers", "layers"),
        ("training-data-cutoff", "knowledge-cut-off"),
        ("retention", "data-retention"),
        ("support-end", "end-of-life"),
    ],
)
def test_words_that_add_nothing_are_dropped(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)
