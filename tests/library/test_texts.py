import hashlib
from pathlib import Path
from typing import Any

import pytest

from panel.errors import InputError
from panel.library import texts as module
from panel.library.texts import Texts

ONE = "It came out on\n2 May 2026 \u2014 \u201cunder the MIT licence\u201d."
TWO = "The window holds 262K tokens."


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "texts"
    made.mkdir()
    (made / "one.txt").write_text(ONE, encoding="utf-8")
    (made / "two.html").write_text(TWO, encoding="utf-8")
    return made


def written(tmp_path: Path, *witnesses: tuple[str, str], **digests: str | None) -> Path:
    """A dossier with one fact, its witnesses, and sources with these digests."""
    sources = "\n".join(
        f"  - {{id: {name}, publisher: P, title: T, read: 2026-06-01"
        + (f", sha256: {value}}}" if value else "}")
        for name, value in digests.items()
    )
    quotes = "\n".join(
        f'      - source: {source}\n        quote: "{quote}"' for source, quote in witnesses
    )
    path = tmp_path / "example.md"
    path.write_text(
        "---\nslug: example\nname: E\nvendor: V\ncategory: C\ntagline: T\nas_of: 2026-06-01\n"
        f"sources:\n{sources}\nfacts:\n  - id: F1\n    topic: licence\n    attribute: licence\n"
        "    statement: S\n    brief: b\n    as_of: 2026-05-02\n    standing: official\n"
        f"    leaning: for\n    witnesses:\n{quotes}\n---\n"
    )
    return path


@pytest.mark.parametrize(
    "quote",
    [
        "came out on 2 May 2026",
        "2 May 2026 - 'under the MIT licence'".replace("'", '\\"'),
        "IT CAME",
    ],
)
def test_typography_and_line_breaks_do_not_matter(tmp_path: Path, folder: Path, quote: str) -> None:
    path = written(tmp_path, ("S1", quote), S1=digest(ONE))
    assert Texts.read(folder).verify(path) == (1, (), ())


def test_a_changed_quote_is_a_problem_on_its_line(tmp_path: Path, folder: Path) -> None:
    path = written(tmp_path, ("S1", "came out on 3 May 2026"), S1=digest(ONE))
    found, problems, _ = Texts.read(folder).verify(path)
    assert found == 0
    (problem,) = problems
    assert problem.key == "facts[0].witnesses[0].quote"
    assert "3 May" in path.read_text().splitlines()[problem.line - 1]


def test_a_quote_of_another_source_names_it(tmp_path: Path, folder: Path) -> None:
    path = written(tmp_path, ("S1", "holds 262K tokens"), S1=digest(ONE), S2=digest(TWO))
    (problem,) = Texts.read(folder).verify(path).problems
    assert problem.message == "wrong source: the quote stands in S2, not in S1"
    assert (problem.key, problem.remedy) == ("facts[0].witnesses[0].source", "write source: S2")


def test_sources_without_a_text_only_warn(tmp_path: Path, folder: Path) -> None:
    quotes = (("S1", "anything"), ("S2", "anything"))
    path = written(tmp_path, *quotes, S1=digest("gone"), S2=None)
    found, problems, warnings = Texts.read(folder).verify(path)
    assert (found, problems) == (0, ())
    assert [warning.message.split(",")[0] for warning in warnings] == [
        f"no text with the digest of S1 in {folder}",
        "S2 has no sha256",
    ]


def test_a_broken_dossier_is_refused(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "broken.md"
    path.write_text("---\nslug: broken\n---\n")
    with pytest.raises(InputError, match="is missing"):
        Texts.read(folder).verify(path)


@pytest.mark.parametrize("name", ["one.txt", "nothing"])
def test_only_a_folder_is_read(folder: Path, name: str) -> None:
    with pytest.raises(InputError, match="is not a folder"):
        Texts.read(folder / name)


def test_folders_huge_files_and_bad_bytes_do_no_harm(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "bad.bin").write_bytes(b"\xff\xfe quote")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(module.MAX_BYTES + 1)
    known: dict[str, Any] = dict(Texts.read(folder).by_digest)
    assert len(known) == 3
    assert known[hashlib.sha256(b"\xff\xfe quote").hexdigest()].endswith(" quote")
