"""One scorecard after the other, as text or as JSON lines, from what a run has pinned."""

import json

import pytest

from panel.cli.card_printer import Printer
from panel.domain.dossier import Dossier
from panel.domain.reduction import reduce
from panel.domain.run import OrderedDossier
from panel.library.prompts import Prompts
from panel.library.workspace import Workspace
from panel.pipeline import Material
from panel.testing import make_order, make_persona, make_run
from tests.cli.conftest import ROOT
from tests.domain.panels import DOSSIER, SEATS, make_reviews, panel


@pytest.mark.parametrize("as_json", [True, False])
def test_a_card_is_printed_with_the_dossier_of_its_run(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    asked: list[str] = []

    def load(item: OrderedDossier) -> Dossier:
        asked.append(item.slug)
        return DOSSIER

    run = make_run(make_order(DOSSIER, seats=SEATS[:5]))
    reviews = make_reviews(run.order, panel("s s k f s"))
    card = reduce(run, DOSSIER, reviews)
    personas = {seat.persona: make_persona(seat.persona) for seat in SEATS}
    material = Material(load, personas, Prompts(Workspace(ROOT)), {})
    Printer(run, material, as_json=as_json)(card, tuple(reviews))
    said = capsys.readouterr().out
    if as_json:
        assert json.loads(said)["digest"] == card.digest
        assert asked == [], "JSON needs no dossier"
    else:
        assert "4 of 5 seats answered" in said
        assert asked == [card.slug]
