"""A list gives rows or problems on their lines, and never anything else."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from panel.errors import Problem
from panel.library.dossiers import Dossiers
from panel.library.order_files import MAX_BYTES
from panel.library.orders import Listing, Row, read_list
from panel.library.tree import MAX_PROBLEMS
from panel.library.workspace import Workspace
from tests.library.folders import put_dossier

SLUGS = ("gull", "heron", "tern-2")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of three dossiers."""
    for slug in SLUGS:
        put_dossier(tmp_path, slug=slug, name=slug.replace("-", " ").title())
    return tmp_path


def read(root: Path, text: str | bytes, name: str = "night.txt") -> Listing:
    path = root / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_list(path, root=root)


def good(root: Path, text: str | bytes, name: str = "night.txt") -> tuple[Row, ...]:
    listing = read(root, text, name)
    assert listing.problems == ()
    return listing.rows


def only(listing: Listing) -> Problem:
    (problem,) = listing.problems
    return problem


def wishes(row: Row) -> tuple[Any, ...]:
    return row.line, row.dossier, row.seats, row.llm, row.samples


SAME = {
    "a.yaml": "- gull\n- dossier: heron\n  seats: [skeptic, creator]\n  llm: a:b\n  samples: 3\n",
    "b.yml": "- gull\n- {dossier: heron, seats: skeptic creator, llm: 'a:b', samples: 3}\n",
    "c.csv": "\n".join(("dossier,seats,llm,samples", "gull", "heron,skeptic+creator,a:b,3")),
    "d.tsv": "Samples\tDossier\tllm\tseats\n\tgull\n3\theron\ta:b\tskeptic;creator\n",
    "e.csv": 'dossier;samples;llm;seats\ngull;;;\nheron;3;a:b;"skeptic, creator";;\n;;;\n',
    "f.jsonl": '"gull"\n{"dossier":"heron","seats":["skeptic","creator"],"llm":"a:b","samples":3}',
    "g.json": '["gull",\n{"dossier":"heron","seats":"skeptic+creator","llm":"a:b","samples":3}]',
}


@pytest.mark.parametrize("name", SAME)
def test_all_formats_say_the_same(root: Path, name: str) -> None:
    gull, heron = good(root, SAME[name], name)
    assert wishes(gull)[1:] == ("gull", None, None, None)
    assert wishes(heron)[1:] == ("heron", ("skeptic", "creator"), "a:b", 3)
    assert heron.line - gull.line == 1
    assert heron.path.endswith(name)


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("suffix", ["", ".unknown"])
def test_without_a_telling_suffix_the_content_tells(root: Path, name: str, suffix: str) -> None:
    told = [wishes(row) for row in good(root, SAME[name], name)]
    assert [wishes(row) for row in good(root, f"\n{SAME[name]}", f"list{suffix}")] == [
        (line + 1, *rest) for line, *rest in told
    ]


@pytest.mark.parametrize("name", SAME)
def test_line_ends_and_a_byte_order_mark_change_nothing(root: Path, name: str) -> None:
    told = good(root, SAME[name], name)
    for ends in ("\r\n", "\r"):
        spelt = b"\xef\xbb\xbf" + SAME[name].replace("\n", ends).encode()
        assert good(root, spelt, name) == told


def test_plain_lines_have_comments(root: Path) -> None:
    rows = good(root, "# tonight\n\ngull\n  Tern 2\t# a name\n dossiers/heron.md #x\n")
    assert [row.line for row in rows] == [3, 4, 5]
    assert [row.dossier for row in rows] == ["gull", "tern-2", f"{root}/dossiers/heron.md"]


@pytest.mark.parametrize("name", SAME)
def test_standard_input_is_told_by_its_content(
    root: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO(SAME[name].encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    listing = read_list(Path("-"), root=root)
    assert [row.dossier for row in listing.rows] == ["gull", "heron"]
    assert {row.path for row in listing.rows} == {"standard input"}
    assert not raw.closed


def test_every_row_is_loadable(root: Path) -> None:
    put_dossier(root / "far", slug="curlew", name="Curlew")
    rows = good(root, "gull\nfar/dossiers\n../" + root.name + "/dossiers/heron.md\n")
    library = Dossiers(Workspace(root))
    assert [library.load(row.dossier).slug for row in rows] == ["gull", "curlew", "heron"]


@pytest.mark.parametrize(
    ("value", "key", "message", "remedy"),
    [
        ({"samples": 0}, "samples", "0 is not a whole number from 1 to 100", "digits"),
        ({"samples": 101}, "samples", "101 is not", "digits"),
        ({"samples": True}, "samples", "True is not", "digits"),
        ({"samples": 2.5}, "samples", "2.5 is not", "digits"),
        ({"samples": "3"}, "samples", "'3' is not", "digits"),
        ({"seats": []}, "seats", "names no seat", "leave it out"),
        ({"seats": " + "}, "seats", "names no seat", "leave it out"),
        ({"seats": "Skeptic"}, "seats[0]", "'Skeptic' is not a slug", "lower-case"),
        ({"seats": ["a", "b", "a"]}, "seats", "a sits there twice", "samples"),
        ({"seats": 3}, "seats", "a list is wanted", "line of its own"),
        ({"llm": ""}, "llm", "is empty", "leave the key out"),
        ({"llm": 5}, "llm", "read as a number", "quotes"),
        ({"smaples": 3}, "smaples", "no key 'smaples'", "did you mean samples?"),
        ({"slug": "gull"}, "slug", "no key 'slug'", "the keys are"),
        ({"dossier": "gu\u200bll"}, "dossier", "ZERO WIDTH SPACE", "delete it"),
        ({"dossier": ""}, "dossier", "is empty", "a slug or a path"),
        ({"dossier": None}, "dossier", "is empty", "write something"),
        ({"dossier": "x" * 1001}, "dossier", "the most is 1000", "shorten"),
        ({"dossier": "gul"}, "dossier", "there is no dossier gul", "did you mean gull?"),
    ],
)
@pytest.mark.parametrize("form", ["jsonl", "yaml"])
def test_a_bad_row_is_told_and_the_others_are_kept(
    root: Path, value: dict[str, Any], key: str, message: str, remedy: str, form: str
) -> None:
    dash = "- " if form == "yaml" else ""
    row = json.dumps({"dossier": "gull", **value}, ensure_ascii=False)
    listing = read(root, f'{dash}"heron"\n{dash}{row}\n{dash}"tern-2"\n', f"night.{form}")
    problem = only(listing)
    assert (problem.line, problem.key) == (2, key)
    assert message in problem.message
    assert remedy in problem.remedy
    assert problem.path.endswith(f"night.{form}")
    assert [row.dossier for row in listing.rows] == ["heron", "tern-2"]


@pytest.mark.parametrize(
    "second", ["gull", "Gull", "dossiers/gull.md", "./dossiers/../dossiers/gull.md", "twin.md"]
)
def test_a_dossier_named_twice_tells_both_lines(root: Path, second: str) -> None:
    (root / "twin.md").symlink_to(root / "dossiers" / "gull.md")
    listing = read(root, f"heron\ngull\n\n{second}\n")
    problem = only(listing)
    assert problem.line == 4
    assert "already on line 2" in problem.message
    assert [row.line for row in listing.rows] == [1, 2]


@pytest.mark.parametrize("name", ["a.txt", "a.yaml", "a.csv", "a.jsonl", "a"])
@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n"])
def test_an_empty_list_is_a_problem(root: Path, name: str, text: str) -> None:
    listing = read(root, text, name)
    assert listing.rows == ()
    assert len(listing.problems) == (2 if "csv" in name and "#" in text else 1)


@pytest.mark.parametrize("name", ["a.txt", "a.yaml", "a.csv", "a.jsonl", "a"])
def test_another_encoding_refuses_the_list_on_its_line(root: Path, name: str) -> None:
    listing = read(root, SAME["a.yaml"].encode() + b"- k\xf6ln\n", name)
    assert "not UTF-8" in listing.problems[-1].message
    assert listing.problems[-1].line == 6
    assert listing.rows == ()
    assert only(read(root, "gull\n".encode("utf-16"), name)).line == 1


def test_a_list_too_large_is_refused_and_given_on_standard_input_too(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / "night.txt"
    with path.open("wb") as stream:
        stream.write(b"gull\n#")
        stream.truncate(MAX_BYTES + 1)
    assert "larger than 50 MB" in only(read_list(path, root=root)).message
    with path.open(encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        listing = read_list(Path("-"), root=root)
    assert "larger than 50 MB" in only(listing).message
    assert listing.rows == ()


def test_what_is_no_list_says_what_to_do(root: Path) -> None:
    dossier = root / "dossiers" / "gull.md"
    assert only(read_list(dossier, root=root)).remedy.startswith(f"run `shipskip review {dossier}`")
    bare = read(root, dossier.read_text().split("---\n")[1], "gull.yaml")
    assert only(bare).message == "that is a dossier, not a list"
    missing = only(read_list(Path("gull"), root=root))
    assert "shipskip review gull" in missing.remedy
    assert "not valid" in only(read_list(Path("a\0b"), root=root)).message
    for name in ("run.json", "manifest.json"):
        (root / name).write_text("{}")
    assert "folder of a run" in only(read_list(root, root=root)).message


def test_a_folder_of_dossiers_is_a_list(root: Path) -> None:
    (root / "dossiers" / "README.md").write_text("for people")
    rows = read_list(root / "dossiers", root=root).rows
    assert [row.dossier for row in rows] == [f"{root}/dossiers/{slug}.md" for slug in SLUGS]
    assert {row.line for row in rows} == {0}


def test_more_problems_than_anybody_reads_are_counted(root: Path) -> None:
    listing = read(root, "gull\n" + "nobody\n" * (MAX_PROBLEMS + 7))
    assert len(listing.problems) == MAX_PROBLEMS + 1
    assert "and 7 more" in listing.problems[-1].message
    assert [row.dossier for row in listing.rows] == ["gull"]


def test_problems_are_told_by_line(root: Path) -> None:
    listing = read(root, "samples: 3\nsamples: 4\ndossiers:\n- nobody\n- gull\n", "a.yaml")
    assert [problem.line for problem in listing.problems] == [2, 4]
    assert listing.rows == ()


def test_a_long_list_is_read_as_a_short_one(root: Path) -> None:
    for number in range(2500):
        (root / "dossiers" / f"t{number:04}.md").touch()
    rows = "".join(f"- dossier: t{number:04}\n  samples: 2\n" for number in range(2500))
    found = good(root, f"dossiers:\n{rows}llm: a:b\n", "night.yaml")
    assert [row.line for row in found] == list(range(2, 5002, 2))
    assert {(row.samples, row.llm) for row in found} == {(2, "a:b")}


def test_what_holds_for_all_rows_yields_to_a_row_of_its_own(root: Path) -> None:
    text = "seats: a b\nsamples: 2\ndossiers:\n- gull\n- {dossier: heron, samples: 5, seats: }\n"
    gull, heron = good(root, text, "a.yaml")
    assert wishes(gull) == (4, "gull", ("a", "b"), None, 2)
    assert wishes(heron) == (5, "heron", ("a", "b"), None, 5)


@pytest.mark.parametrize(
    ("key", "remedy"), [("samples: 0", "digits"), ("sample: 3", "samples?"), ("dossier: x", "did")]
)
def test_what_is_wrong_for_all_rows_refuses_the_list(root: Path, key: str, remedy: str) -> None:
    listing = read(root, f"dossiers:\n- gull\n\n{key}\n", "a.yaml")
    problem = only(listing)
    assert (problem.line, problem.key) == (4, key.partition(":")[0])
    assert remedy in problem.remedy
    assert listing.rows == ()


def test_the_wishes_of_a_folder_hold_for_each_of_its_dossiers(root: Path) -> None:
    rows = good(root, "- dossier: dossiers\n  samples: 4\n", "a.yaml")
    assert [row.dossier for row in rows] == [f"{root}/dossiers/{slug}.md" for slug in SLUGS]
    assert {(row.line, row.samples) for row in rows} == {(1, 4)}


def test_a_folder_gives_what_was_not_named_before(root: Path) -> None:
    listing = read(root, "heron\n\ndossiers\n")
    assert [row.dossier for row in listing.rows] == [
        "heron", f"{root}/dossiers/gull.md", f"{root}/dossiers/tern-2.md",
    ]  # fmt: skip
    problem = only(listing)
    assert (problem.line, problem.key) == (3, "dossier")
    assert "already on line 1" in problem.message
    assert "heron.md" in problem.message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'dossier\ngull\n"heron\n'),
        ("a.csv", "dossier,notes\ngull,fine\n"),
        ("a.yaml", "- gull\n- 'heron\n"),
        ("a.yaml", "- gull\n- &x heron\n- *x\n"),
    ],
)
def test_half_a_list_is_no_list(root: Path, name: str, text: str) -> None:
    listing = read(root, text, name)
    assert listing.rows == ()
    assert len(listing.problems) == 1
    assert listing.problems[0].path.endswith(name)


def test_reading_a_list_gives_the_same_again(root: Path) -> None:
    text = "gull\nnobody\nheron\n"
    assert read(root, text) == read(root, text)
