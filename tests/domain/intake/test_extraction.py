from panel.domain.intake.extraction import Extracted, Planned


def test_nothing_is_taken_and_nothing_spent_unless_said() -> None:
    assert Extracted() == Extracted(candidates=(), refused=(), calls=0, input_tokens=0, fault="")
    assert Planned(calls=0, letters=0, kept=2).kept == 2
