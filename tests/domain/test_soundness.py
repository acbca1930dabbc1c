"""The checks together: silent on sound dossiers, complete on doubtful ones."""

from panel.domain.soundness import soundness, usable_facts
from panel.testing import make_dossier
from tests.domain.soundness.cases import with_facts


def test_the_made_dossier_is_sound() -> None:
    dossier = make_dossier()
    assert soundness(dossier) == ()
    assert usable_facts(dossier) == dossier.facts


def test_every_family_of_checks_takes_part() -> None:
    dossier = with_facts(
        {"statement": "It came out on April 31 and solves 104% of the tasks."},
        {"statement": "Accept all cookies on your device."},
        {"value": "1", "attribute": "window"},
        {"value": "2", "attribute": "window"},
        released=None,
    )
    paths = [finding.path for finding in soundness(dossier)]
    assert sorted(set(map(str, paths))) == [
        "('facts', 0, 'statement')",
        "('facts', 1, 'statement')",
        "('facts', 3, 'value')",
    ]
    assert paths.count(("facts", 0, "statement")) == 2


def test_nothing_is_said_twice() -> None:
    found = soundness(with_facts({"statement": ":"}, {"statement": ":"}))
    assert len(found) == len(set(found))
