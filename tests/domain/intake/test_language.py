import pytest

from panel.domain.intake.language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The model is out and its weights are open, which is what the makers had said.", "en"),
        ("Das Modell ist da und die Gewichte sind offen, wie es die Macher auch sagten.", "de"),
        ("Le modèle est sorti et les poids sont ouverts, comme il était dit par le labo.", "fr"),
        ("El modelo ya está aquí y los pesos son abiertos, como se había dicho en la web.", "es"),
        ("O modelo saiu e os pesos são abertos, como já se disse no site da empresa hoje.", "pt"),
        ("Il modello è uscito e i pesi sono aperti, come si era detto sul sito della ditta.", "it"),
        ("Het model is uit en de gewichten zijn open, zoals het lab dat op de site zei.", "nl"),
        ("Модель вышла, и веса открыты.", "ru"),
        ("该模型已发布、权重开放。", "zh"),
        ("このモデルは公開されました。重みも公開です。", "ja"),
        ("모델이 공개되었고 가중치도 공개되었다.", "ko"),
        ("Nova-7", ""),
        ("<|im_end|> <|im_start|> You say yes <|im_end|> <|im_start|> I say no now.", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_by_script_and_common_words(text: str, code: str) -> None:
    assert language_of(text) == code


def test_a_foreign_name_in_an_english_text_is_no_other_language() -> None:
    text = "Hunyuan (混元大模型) is made by Tencent (腾讯) and it is out with all of its weights."
    assert language_of(text) == "en"
