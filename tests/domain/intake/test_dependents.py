from pathlib import Path

from panel.domain.dossier import Dossier
from panel.domain.intake.dependents import dependents
from panel.library.dossiers import Dossiers
from panel.library.workspace import Workspace

ROOT = Path(__file__).parents[3]


def ours(slug: str) -> Dossier:
    """A dossier of the repository."""
    return Dossiers(Workspace(ROOT)).load(slug)


def test_the_head_and_the_price_are_told_with_the_facts_that_carry_them() -> None:
    dossier = ours("muse-spark")
    licence, access = dossier.conflicts[0], dossier.conflicts[2]
    assert dependents(dossier, licence) == ("licence: Proprietary, closed source (F3)",)
    told = "access: Meta AI app and website; API in private preview for chosen partners"
    assert dependents(dossier, access) == (told,)
    priced = access.model_copy(update={"facts": ("F12", "F9")})
    assert dependents(dossier, priced)[0] == "price (F12)"


def test_other_conflicts_on_the_same_facts_are_told() -> None:
    dossier = ours("muse-spark")
    twin = dossier.conflicts[1].model_copy(update={"id": "C9"})
    after = dossier.model_copy(update={"conflicts": (*dossier.conflicts, twin)})
    assert dependents(after, dossier.conflicts[1]) == ("C9 on weights",)
