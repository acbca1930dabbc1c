import pytest

from panel.domain.intake.subject import Subject

NOVA = Subject(name="Nova-7", vendor="Acme", also=("Nova 7 Pro",), rivals=("Nova", "Other-1"))


@pytest.mark.parametrize(
    ("entity", "named"),
    [
        ("Nova-7", True),
        ("nova 7", True),
        ("Acme Nova-7", True),
        ("Acme's Nova-7", True),
        ("Nova 7 Pro", True),
        ("Nova-7 mini", False),
        ("Nova-8", False),
        ("Other-1", False),
        ("Acme", False),
        ("", False),
    ],
)
def test_only_its_own_names_mean_the_model(entity: str, named: bool) -> None:
    assert NOVA.is_named(entity) is named


def test_names_and_rivals() -> None:
    assert NOVA.names == ("Acme Nova-7", "Acme's Nova-7", "Nova-7", "Nova 7 Pro")
    assert NOVA.others == ("Other-1",)
