"""Each rule between the parts of a dossier is told with the path of the value that breaks it."""

from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.dossier import Dossier
from panel.domain.integrity import Defect
from panel.testing.texts import DOSSIER, LICENCE_CONFLICT, LICENCE_RUMOUR

RUMOURED: dict[str, Any] = {
    **DOSSIER,
    "facts": [*DOSSIER["facts"], LICENCE_RUMOUR],
    "conflicts": [LICENCE_CONFLICT],
}
PICK = {"how": "pick", "fact": "F2", "by": "Ada", "on": DOSSIER["as_of"], "reason": "official"}


def breach(*path: str | int, to: Any) -> list[Defect]:
    """What is found when one value is changed."""
    content = Dossier.model_validate(RUMOURED).model_dump(mode="json")
    group: Any = content
    for key in path[:-1]:
        group = group[key]
    group[path[-1]] = to
    with pytest.raises(ValidationError) as refusal:
        Dossier.model_validate(content)
    (error,) = refusal.value.errors()
    assert error["type"] == "integrity"
    found: list[Defect] = error.get("ctx", {})["defects"]
    assert all(defect.remedy for defect in found)
    return found


def test_a_sound_dossier_has_no_defects() -> None:
    assert Dossier.model_validate(RUMOURED).conflicts


@pytest.mark.parametrize(
    ("path", "to", "message"),
    [
        (("released",), "2030-01-01", "after the as-of date"),
        (("sources", 1, "id"), "S1", "used twice"),
        (("facts", 1, "id"), "F1", "used twice"),
        (("price", "facts"), ["F99"], "no fact F99"),
        (("sources", 0, "read"), "2030-01-01", "after the as-of date"),
        (("sources", 0, "copy_of"), "S1", "no other source"),
        (("sources", 0, "copy_of"), "S9", "no other source"),
        (("facts", 0, "as_of"), "2030-01-01", "after the as-of date"),
        (("facts", 0, "unit"), "points", "without a value"),
        (("facts", 0, "witnesses", 0, "source"), "S9", "no source S9"),
        (("facts", 0, "witnesses", 0, "quote"), "w " * 13, "13 words"),
        (("conflicts", 0, "facts", 1), "F99", "no fact F99"),
        (("conflicts", 0, "facts", 1), "F1", "the conflict is on 'licence'"),
        (("conflicts", 0, "facts", 1), "F2", "listed twice"),
        (("conflicts", 0, "settlement"), {**PICK, "on": "2030-01-01"}, "after the as-of date"),
        (("conflicts", 0, "settlement"), {**PICK, "fact": None}, "does not name a fact"),
        (("conflicts", 0, "settlement"), {**PICK, "how": "keep-both"}, "names a fact"),
        (("conflicts", 0, "settlement"), {**PICK, "fact": "F1"}, "not part of C1"),
    ],
)
def test_each_breach_has_its_place(path: tuple[str | int, ...], to: Any, message: str) -> None:
    found = breach(*path, to=to)
    placed = [defect for defect in found if defect.path[: len(path)] == path]
    assert placed, found
    assert message in placed[0].message


def test_published_after_it_was_read() -> None:
    source = {**DOSSIER["sources"][0], "read": "2026-05-03", "published": "2026-05-04"}
    (defect,) = breach("sources", 0, to=source)
    assert defect.path == ("sources", 0, "read")
    assert "before it was published" in defect.message


def test_a_copy_of_a_copy_is_led_to_the_original() -> None:
    base = DOSSIER["sources"][0]
    chain = [
        base,
        {**DOSSIER["sources"][1], "copy_of": "S1"},
        {**base, "id": "S3", "copy_of": "S2"},
    ]
    (defect,) = breach("sources", to=chain)
    assert defect.path == ("sources", 2, "copy_of")
    assert defect.remedy == "write copy_of: S1"


def test_all_breaches_are_found_at_once() -> None:
    facts = [{**fact, "as_of": "2030-01-01"} for fact in RUMOURED["facts"]]
    assert len(breach("facts", to=facts)) == len(facts)
