import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.errors import InputError
from panel.judging.provider_batch_files import files_of

PATH = "/v1/chat/completions"


def rows(*bodies: str) -> list[tuple[str, str, str]]:
    return [(f"k{number}", PATH, body) for number, body in enumerate(bodies)]


def test_a_line_holds_the_body_as_it_is(tmp_path: Path) -> None:
    body = '{"model":"m","text":"é\u2028 \\ud83d"}'
    (path,) = files_of(rows(body), tmp_path)
    text = path.read_bytes().decode()
    assert text == f'{{"custom_id":"k0","method":"POST","url":"{PATH}","body":{body}}}\n'
    assert json.loads(text)["body"]["model"] == "m"


def test_no_request_makes_no_file(tmp_path: Path) -> None:
    assert list(files_of([], tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


@given(
    sizes=st.lists(st.integers(0, 120), max_size=30),
    most_lines=st.integers(1, 6),
    most_bytes=st.integers(250, 600),
)
def test_every_file_keeps_the_limits_and_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], most_lines: int, most_bytes: int
) -> None:
    folder = tmp_path_factory.mktemp("files")
    lines = rows(*(json.dumps("x" * size) for size in sizes))
    written = [
        path.read_bytes()
        for path in files_of(lines, folder, most_lines=most_lines, most_bytes=most_bytes)
    ]
    assert all(0 < content.count(b"\n") <= most_lines for content in written)
    assert all(len(content) <= most_bytes for content in written)
    back = [json.loads(line) for content in written for line in content.splitlines()]
    assert [(row["custom_id"], row["url"], json.dumps(row["body"])) for row in back] == lines


def test_one_file_is_there_before_the_next_is_begun(tmp_path: Path) -> None:
    taken: list[str] = []

    def source() -> Iterator[tuple[str, str, str]]:
        for row in rows(*["{}"] * 6):
            taken.append(row[0])
            yield row

    made = files_of(source(), tmp_path, most_lines=2)
    assert next(made).name == "requests-0001.jsonl"
    assert taken == ["k0", "k1", "k2"]
    assert [path.name for path in made] == ["requests-0002.jsonl", "requests-0003.jsonl"]
    assert {path.suffix for path in tmp_path.iterdir()} == {".jsonl"}


@pytest.mark.parametrize("before", [(), ("{}",)])
def test_a_request_that_fits_no_file_is_refused(tmp_path: Path, before: tuple[str, ...]) -> None:
    lines = rows(*before, json.dumps("x" * 200))
    with pytest.raises(InputError, match=f"request k{len(before)}: .*more than the 200"):
        list(files_of(lines, tmp_path, most_bytes=200))
    assert not list(tmp_path.glob("*.part"))
