from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.llm import OFFLINE, LlmSettings, family, same_family


def settings(**changes: Any) -> LlmSettings:
    return LlmSettings.model_validate({"kind": "openai-chat", "name": "gpt-5.5", **changes})


def test_the_label_is_what_the_command_line_takes() -> None:
    assert settings().label == "openai-chat:gpt-5.5"


def test_the_offline_judge_says_that_it_is_no_llm() -> None:
    assert OFFLINE.label == "rubric draft, no llm"
    assert OFFLINE.is_rubric
    assert not settings().is_rubric


def test_the_digest_of_settings_is_pinned() -> None:
    assert settings().digest.startswith("41e07fa4e84a118b")
    assert OFFLINE.digest.startswith("bc1a7aa9c02907ec")


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "vllm"},
        {"name": "gpt-5.5-mini"},
        {"base_url": "http://127.0.0.1:8000/v1"},
        {"output_mode": "tool"},
        {"temperature": 0.0},
        {"max_tokens": 4001},
        {"seed": 8},
        {"input_price": Decimal("0.1")},
        {"output_price": Decimal("0.1")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_setting_is_part_of_the_digest(change: dict[str, Any]) -> None:
    assert settings(**change).digest != settings().digest


def test_settings_survive_their_json() -> None:
    one = settings(temperature=0.7, input_price=Decimal("0.15"))
    again = LlmSettings.model_validate_json(one.model_dump_json())
    assert again == one
    assert again.digest == one.digest


@pytest.mark.parametrize(("sample", "seed"), [(1, 7), (2, 8), (100, 106)])
def test_each_sample_has_its_own_seed(sample: int, seed: int) -> None:
    assert settings(seed=7).seed_of(sample) == seed


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(settings(), "name", "other")  # noqa: B010  # a plain assignment fails the type check


@pytest.mark.parametrize(
    "change",
    [
        {"base_url": "file:///etc/passwd"},
        {"base_url": "http://user:secret@host/v1"},
        {"base_url": "https://"},
        {"temperature": 2.1},
        {"temperature": -0.1},
        {"max_tokens": 199},
        {"seed": -1},
        {"output_mode": "free"},
        {"input_price": Decimal(-1)},
        {"api_key": "sk-1"},
    ],
    ids=str,
)
def test_settings_out_of_range_and_secrets_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        settings(**change)


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("gpt-5.5", "openai"),
        ("openai/gpt-oss-120b", "openai"),
        ("o3-mini", "openai"),
        ("chatgpt-4o-latest", "openai"),
        ("OpenAI", "openai"),
        ("claude-opus-5", "anthropic"),
        ("us.anthropic.claude-sonnet-5", "anthropic"),
        ("gemini-3-pro", "google"),
        ("gemma3:27b", "google"),
        ("Google DeepMind", "google"),
        ("meta-llama/Llama-5-70B", "meta"),
        ("llama3.3:70b", "meta"),
        ("Meta Superintelligence Labs", "meta"),
        ("muse-spark", "meta"),
        ("qwen/qwen3-8b", "alibaba"),
        ("Qwen3.6-27B", "alibaba"),
        ("qwq:32b", "alibaba"),
        ("Alibaba (Qwen team)", "alibaba"),
        ("mistral-large", "mistral"),
        ("mixtral-8x7b", "mistral"),
        ("Mistral AI", "mistral"),
        ("command-a-plus", "cohere"),
        ("Cohere Labs", "cohere"),
        ("c4ai-command-r", "cohere"),
        ("grok-5", "xai"),
        ("xAI", "xai"),
        ("deepseek-r1:14b", "deepseek"),
        ("hunyuan-large", "tencent"),
        ("Hy-MT2", "tencent"),
        ("Tencent Hunyuan", "tencent"),
        ("phi-4", "microsoft"),
        ("phi4:14b", "microsoft"),
        ("Microsoft", "microsoft"),
        ("amazon.nova-pro-v1", "amazon"),
        ("kimi-k3", "moonshot"),
        ("Moonshot AI", "moonshot"),
        ("glm-5", "zhipu"),
        ("Z.ai", "zhipu"),
        ("granite-4", "ibm"),
        ("IBM Research", "ibm"),
        ("nemotron-ultra", "nvidia"),
        ("deepseek-r1-distill-llama-70b", "deepseek"),
        ("nvidia/llama-3.1-nemotron-70b", "nvidia"),
        ("CohereLabs/aya-expanse", "cohere"),
        ("x.ai", "xai"),
    ],
)
def test_the_maker_is_read_from_names_of_llms_and_vendors(name: str, maker: str) -> None:
    assert family(name) == maker


@pytest.mark.parametrize(
    "name",
    [
        "Metaphor Labs",
        "Metadata Inc",
        "Harbour Labs",
        "Musette",
        "Museum of Computing",
        "Novartis",
        "Novaline",
        "Grokking Institute",
        "Commander Systems",
        "Commandline Co",
        "Ayana Robotics",
        "Titanic Works",
        "Phillips",
        "O2 Telefonica",
        "o1a robotics",
        "Zaire AI",
        "Gptzero-like",
        "Gemination",
        "Palmetto",
        "Geminids",
        "Xaimin",
        "Granites Ltd",
        "Clauden",
        "fake-llm",
        "local",
        "",
    ],
)
def test_a_name_that_only_looks_alike_has_no_maker(name: str) -> None:
    assert family(name) is None


@pytest.mark.parametrize(
    ("llm", "vendor", "same"),
    [
        (settings(name="gpt-5.5"), "OpenAI", True),
        (settings(name="gpt-5.5"), "Meta", False),
        (settings(kind="anthropic", name="opus"), "Anthropic", True),
        (settings(kind="ollama", name="qwen3:8b"), "Alibaba Cloud", True),
        (settings(name="muse-spark"), "Meta Superintelligence Labs", True),
        (settings(name="muse-spark"), "Metaphor Labs", False),
        (settings(name="my-finetune", kind="vllm"), "Harbour Labs", False),
        (OFFLINE, "Harbour Labs", False),
        (settings(name="meta-llama/llama-4"), "Harbour Labs", False),
    ],
    ids=lambda value: value.label if isinstance(value, LlmSettings) else str(value),
)
def test_same_family(llm: LlmSettings, vendor: str, same: bool) -> None:
    assert same_family(llm, vendor) is same


def test_the_kind_does_not_decide_when_the_name_tells() -> None:
    """Any llm can stand behind an OpenAI-compatible address."""
    assert not same_family(settings(kind="openai-chat", name="qwen3-8b"), "OpenAI")
