import datetime as dt
import json
from pathlib import Path

import pytest

from panel.bootstrap.digesting import check_url, collect, written
from panel.bootstrap.house import House
from panel.errors import InputError
from panel.publishing.site.info import SiteInfo
from tests.databases import Environment
from tests.domain.editing.papers import NOON
from tests.editing.desk import Desk
from tests.public.living import make_house

DAY = NOON.date()
SITE = SiteInfo(name="Test", url="https://reviews.example/")


@pytest.fixture
def house(tmp_path: Path, database: Environment) -> House:
    """A workspace with a model that went live and was retracted the week after."""
    url = database.get("SHIPSKIP_DATABASE_URL", f"sqlite:///{tmp_path}/results.db")
    made = make_house(tmp_path / "work", database_url=url, mail_from="d@example.org")
    with made.store(write=True) as store:
        desk = Desk(store)
        desk.publish()
        desk.later(7 * 24 * 3600)
        desk.move("pia", "retract", note="Not the model we thought.")
    return made


def test_a_week_is_collected_from_what_was_published(house: House) -> None:
    site, found = collect(house, DAY, DAY)
    assert (site.name, len(found.new), found.gone) == ("shipskip", 1, ())
    later = DAY + dt.timedelta(days=7)
    assert [one.note for one in collect(house, later, later)[1].gone] == [
        "Not the model we thought."
    ]
    assert collect(house, DAY, DAY)[1] == found, "what is kept between digests changes nothing"


def test_a_digest_cannot_end_before_it_begins(house: House) -> None:
    with pytest.raises(InputError, match="lies before --since"):
        collect(house, DAY, DAY - dt.timedelta(days=1))


def test_every_form_tells_the_same(house: House) -> None:
    _, found = collect(house, DAY, DAY)
    name = found.new[0].name
    for form in ("text", "html", "eml", "json"):
        assert name in written(house, SITE, found, form, NOON)
    assert json.loads(written(house, SITE, found, "json", NOON))["flips"] == []


def test_links_need_an_address(house: House) -> None:
    _, found = collect(house, DAY, DAY)
    nowhere = SITE.model_copy(update={"url": ""})
    for form in ("html", "eml"):
        with pytest.raises(InputError, match="set site_url"):
            written(house, nowhere, found, form, NOON)
    assert "  models/" in written(house, nowhere, found, "text", NOON)
    check_url(SITE)
