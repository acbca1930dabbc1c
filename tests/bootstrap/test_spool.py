"""Dossiers on disk while an order is planned."""

from panel.bootstrap.spool import Spool
from panel.domain.value import canonical_json
from panel.testing import make_dossier


def test_dossiers_come_back_as_they_were_and_more_than_once() -> None:
    dossiers = [make_dossier(slug=f"model-{number}") for number in range(3)]
    spool = Spool()
    for dossier in dossiers:
        spool.add(dossier)
    assert list(spool) == dossiers
    assert [dossier.digest for dossier in spool] == [dossier.digest for dossier in dossiers]


def test_a_line_feed_inside_a_text_does_not_cut_a_dossier() -> None:
    dossier = make_dossier(summary="one\n\ntwo, “three”")
    spool = Spool()
    spool.add(dossier)
    assert list(spool) == [dossier]
    assert list(spool.bodies()) == [canonical_json(dossier)]
