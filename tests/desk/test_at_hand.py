"""What an address names is found, or is a 404 whatever it says."""

import pytest

from panel.desk.at_hand import new_key, path_of
from panel.editing.drafts import Ref
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk

GONE = "20200101-000000-abcdef"


@pytest.mark.parametrize(
    "path",
    [
        f"/runs/{GONE}",
        "/runs/latest",
        "/runs/%0A",
        f"/drafts/{GONE}/tern-2",
        "/drafts/x/y",
        f"/drafts/{GONE}/%2e%2e",
        f"/drafts/{GONE}%0A/tern-2",
    ],
)
def test_what_is_not_there_is_told_calmly(desk: LiveDesk, path: str) -> None:
    answer = desk.person("viewer").get(path)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_a_draft_and_its_run_are_found(desk: LiveDesk) -> None:
    draft, viewer = Drafted(desk), desk.person("viewer")
    assert viewer.get(draft.path).status_code == 200
    assert viewer.get(f"/runs/{draft.ref.run}").status_code == 200
    assert path_of(Ref("r", "s")) == "/drafts/r/s"


def test_no_two_attempts_share_a_name() -> None:
    assert len({new_key() for _ in range(100)}) == 100
