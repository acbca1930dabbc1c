import datetime as dt

import pytest
from pydantic import ValidationError

from panel.domain.fact import Source
from panel.domain.intake.additions import Additions, Joining
from panel.domain.intake.applying import applied
from panel.testing import make_dossier

DAY = dt.date(2026, 11, 21)


def test_without_additions_a_dossier_stays_as_it_is() -> None:
    assert applied(make_dossier(), Additions()) == make_dossier()


def test_blanks_and_days_take_their_places() -> None:
    later = make_dossier().as_of + dt.timedelta(days=1)
    after = applied(make_dossier(), Additions(as_of=later, blanks={"price.entry": "Free"}))
    assert after.as_of == later
    assert after.price.entry == "Free"


def test_an_outcome_that_contradicts_itself_is_refused() -> None:
    dossier = make_dossier()
    twin = Source(id=dossier.sources[0].id, publisher="P", title="T", read=dossier.as_of)
    with pytest.raises(ValidationError):
        applied(dossier, Additions(sources=(twin,)))
    with pytest.raises(StopIteration):
        applied(dossier, Additions(joined=(Joining(conflict="C99", fact="F1"),)))
