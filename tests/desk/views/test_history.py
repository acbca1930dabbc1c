import pytest

from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk, words_of


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    found = Drafted(desk)
    found.edit({"summary": "Other <b>words</b>.", "skeptic.1.headline": "Wait"}, reason="Clearer.")
    found.move("approve")
    found.move("publish")
    return found


def test_every_version_tells_who_what_when_and_why(desk: LiveDesk, draft: Drafted) -> None:
    page = desk.person("viewer").get(f"{draft.path}/history")
    words = words_of(page)
    edition = draft.now.revisions[1].standing.approved
    assert edition
    for told in (
        "Ana edited",
        "Clearer.",
        "The Skeptic: headline",
        f"Pia approved it as edition {edition[:12]}",
        "Pia published it",
        "drafted by the panel",
    ):
        assert told in words
    assert words.index("Version 3") < words.index("Version 0")
    assert f"{draft.path}/compare?from=0&amp;to=1" in page.text
    assert f"{draft.path}/compare?from=0&amp;to=3" in page.text
    assert "<form" not in page.text


def test_an_older_version_comes_back_as_a_new_one(desk: LiveDesk, draft: Drafted) -> None:
    ana, drafted = desk.person(login="ana"), draft.now.drafted
    fields = {"version": "0", "base": "3", "key": "once", "reason": "It was right."}
    for _ in range(2):
        assert ana.post(f"{draft.path}/restore", **fields).status_code == 303
    assert draft.now.content == drafted
    assert (draft.now.version, draft.now.standing.state) == (4, "in_review")
    words = words_of(ana.get(f"{draft.path}/history"))
    assert "Ana brought back an earlier version" in words
    assert "Bring these words back : version 1" in words
    assert "Bring these words back : version 0" not in words


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"version": "0", "base": "3", "reason": " "}, 403),
        ({"version": "9", "base": "3", "reason": "So."}, 403),
        ({"version": "0", "base": "1", "reason": "So."}, 409),
        ({"version": "x", "base": "3", "reason": "So."}, 422),
    ],
)
def test_a_version_does_not_come_back_without_a_reason_or_over_a_newer_one(
    desk: LiveDesk, draft: Drafted, fields: dict[str, str], status: int
) -> None:
    answer = desk.person(login="ana").post(f"{draft.path}/restore", **fields)
    assert answer.status_code == status
    assert draft.now.version == 3
