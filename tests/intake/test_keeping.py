import datetime as dt
import hashlib
import os
from pathlib import Path

import pytest

from panel.domain.intake.reading import Reading
from panel.errors import StoreError, TamperError
from panel.intake.keeping import Keeping

DATA = b"<p>Nova-7 is out."
DAY = dt.date(2026, 5, 4)


def reading(data: bytes = DATA, day: dt.date = DAY, address: str = "a.html") -> Reading:
    sha256 = hashlib.sha256(data).hexdigest()
    return Reading(address=address, kind="html", read=day, sha256=sha256, text="Nova-7 is out.")


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    keeping, kept = Keeping(tmp_path / "sources"), reading()
    assert keeping.keep(DATA, kept) == kept
    assert kept.sha256
    folder = keeping.folder(kept.sha256)
    assert folder == tmp_path / "sources" / kept.sha256[:2] / kept.sha256
    assert sorted(path.name for path in folder.iterdir()) == [
        "original.html",
        "source.json",
        "text.txt",
    ]
    assert (folder / "original.html").read_bytes() == DATA
    assert keeping.find(kept.sha256) == kept


def test_what_was_not_kept_is_not_found(tmp_path: Path) -> None:
    assert Keeping(tmp_path).find("0" * 64) is None


def test_the_same_page_read_again_keeps_its_first_day(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path)
    keeping.keep(DATA, reading())
    later = DAY + dt.timedelta(days=9)
    assert keeping.keep(DATA, reading(day=later)).read == DAY
    assert keeping.keep(DATA, reading(day=later, address="b.html")).read == later


def test_bytes_that_were_changed_are_told(tmp_path: Path) -> None:
    keeping, kept = Keeping(tmp_path), reading()
    keeping.keep(DATA, kept)
    assert kept.sha256
    (keeping.folder(kept.sha256) / "original.html").write_bytes(b"<p>Nova-8 is out.")
    with pytest.raises(TamperError, match="not those that were read"):
        keeping.find(kept.sha256)


def test_a_half_written_folder_is_as_if_nothing_was_kept(tmp_path: Path) -> None:
    keeping, kept = Keeping(tmp_path), reading()
    keeping.keep(DATA, kept)
    assert kept.sha256
    (keeping.folder(kept.sha256) / "source.json").write_text("{", encoding="utf-8")
    assert keeping.find(kept.sha256) is None
    assert keeping.keep(DATA, kept) == kept
    assert keeping.find(kept.sha256) == kept


def test_an_answer_is_kept_with_its_source(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path)
    assert keeping.answer("a" * 64, "key") is None
    keeping.keep_answer("a" * 64, "key", {"facts": ["\u00e9"]})
    assert keeping.answer("a" * 64, "key") == {"facts": ["\u00e9"]}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keeping = Keeping(tmp_path / "file")
    with pytest.raises(StoreError, match="cannot be written"):
        keeping.keep(DATA, reading())
    with pytest.raises(StoreError, match="cannot be written"):
        keeping.keep_answer("a" * 64, "key", {})


def test_nothing_half_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        Keeping(tmp_path).keep(DATA, reading())
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
