"""Several processes make the pages that one would make, and end with the one that started them."""

import hashlib
from pathlib import Path

import pytest

from panel.errors import ShipskipError
from panel.publishing.site.addresses import Addresses
from panel.publishing.site.hands import Job, render_all, untold
from panel.publishing.site.manifest import Record
from tests.publishing.site.toys import Toy

TEXTS = {f"models/{number}/index.html": f"model {number}" for number in range(150)}


@pytest.mark.parametrize("hands", [1, 2])
def test_every_wanted_page_is_made_once(tmp_path: Path, hands: int) -> None:
    wanted = frozenset(sorted(TEXTS)[:120])
    job = Job(Toy(dict(TEXTS)), Addresses(), tmp_path, wanted)
    told: list[tuple[int, int]] = []
    found = render_all(job, told=lambda done, total: told.append((done, total)), hands=hands)
    assert found.keys() == wanted
    for path, record in found.items():
        content = (tmp_path / path).read_bytes()
        assert content.decode() == TEXTS[path]
        assert isinstance(record, Record)
        assert record.sha256 == hashlib.sha256(content).hexdigest()
    assert told[-1] == (120, 120)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 120


@pytest.mark.parametrize("hands", [1, 2])
def test_what_goes_wrong_in_a_process_is_told_as_it_is(tmp_path: Path, hands: int) -> None:
    texts = {**TEXTS, "../evil.html": "out"}
    job = Job(Toy(texts), Addresses(), tmp_path / "build", frozenset(texts))
    (tmp_path / "build").mkdir()
    with pytest.raises(ShipskipError, match="would leave the folder") as caught:
        render_all(job, told=untold, hands=hands)
    assert caught.value.remedy
    assert not (tmp_path / "evil.html").exists()
