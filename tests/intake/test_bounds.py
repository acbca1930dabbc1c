from panel.intake.bounds import MAX_BYTES, too_big


def test_what_is_too_big_is_told_in_megabytes() -> None:
    assert too_big(MAX_BYTES).message == "it is larger than 5 MB"
