"""Any two versions stand against each other, word by word."""

import pytest

from panel.testing import make_dossier
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk, words_of
from tests.domain.editing.papers import make_papers
from tests.editing.desk import HEADLINE, QUOTE


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    found = Drafted(desk, make_papers("ship", "skip", dossier=make_dossier()))
    found.edit({HEADLINE: "Wait for weights."})
    for act in ("approve", "publish"):
        found.move(act)
    found.edit({HEADLINE: "Wait for open weights.", QUOTE: "It is closed, says the licence."})
    return found


@pytest.mark.parametrize(
    ("versions", "marks", "fields"),
    [
        ("from=1&to=4", ("<ins>", "open"), 2),
        ("from=published&to=4", ("<ins>", "open"), 2),
        ("from=4&to=published", ("<del>", "open"), 2),
        ("from=draft&to=1", ("<ins>", "weights"), 1),
        ("", ("<ins>", "open"), 2),
    ],
)
def test_what_changed_is_marked(
    desk: LiveDesk, draft: Drafted, versions: str, marks: tuple[str, ...], fields: int
) -> None:
    page = desk.person("viewer").get(f"{draft.path}/compare?{versions}")
    assert page.status_code == 200
    assert page.text.count('class="diff"') == fields
    for mark in marks:
        assert mark in page.text


def test_versions_that_say_the_same_are_told_apart_by_nothing(
    desk: LiveDesk, draft: Drafted
) -> None:
    page = desk.person("viewer").get(f"{draft.path}/compare?from=1&to=3")
    assert "Word for word the same" in words_of(page)


@pytest.mark.parametrize("name", ["5", "-1", "x", "%C2%B2", "99999999999", "1.0"])
def test_a_version_that_is_not_there_is_not_found(
    desk: LiveDesk, draft: Drafted, name: str
) -> None:
    viewer = desk.person("viewer")
    assert viewer.get(f"{draft.path}/compare?from={name}").status_code == 404
    assert viewer.get(f"{draft.path}/compare?to={name}").status_code == 404


def test_nothing_published_is_not_found(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    assert desk.person("viewer").get(f"{draft.path}/compare?from=published").status_code == 404
