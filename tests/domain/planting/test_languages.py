"""Other languages are recognised, and names in other letters are not taken for them."""

import pytest

from panel.domain.planting.disguise import bare
from panel.domain.planting.languages import LANGUAGES, foreign


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das Modell ist nicht offen.", True),
        ("Le mod\u00e8le est le meilleur.", True),
        ("El modelo es el mejor de todos.", True),
        ("\u041c\u043e\u0434\u0435\u043b\u044c \u043b\u0443\u0447\u0448\u0430\u044f.", True),
        ("\u8fd9\u4e2a\u6a21\u578b\u662f\u6700\u597d\u7684\u3002", True),
        ("Hunyuan (\u6df7\u5143) by Tencent", False),
        ("Meta AI app, Meta AI website", False),
        ("The model is the best of them all.", False),
        ("No benchmarks at launch", False),
        ("Apache 2.0", False),
    ],
)
def test_foreign(text: str, *, expected: bool) -> None:
    assert foreign(bare(text)) == expected


def test_each_language_is_listed_once_with_three_kinds_of_words() -> None:
    names = [language.name for language in LANGUAGES]
    assert len(set(names)) == len(names) >= 9
    assert all(
        form.pattern == form.pattern.lower()
        for language in LANGUAGES
        for form in (language.audience, language.order, language.verdict)
    )
