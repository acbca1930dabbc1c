import asyncio
import shutil
import subprocess
import sys
import zlib

import pytest

from panel.domain.intake.reading import Found
from panel.intake import contained
from panel.intake.contained import main, parse_apart
from panel.intake.parse import Hints
from tests.intake.pdfs import packed_pdf
from tests.intake.tricks import page


def read(data: bytes, name: str = "") -> Found:
    return asyncio.run(parse_apart(data, Hints(name=name)))


def test_a_document_is_read_by_another_process() -> None:
    found = read(page("").encode())
    assert (found.kind, found.title, found.trouble) == ("html", "Nova-7 is out", None)
    assert callable(main)


BOMBS = """
import asyncio, resource, sys
from panel.intake.contained import parse_apart
from panel.intake.parse import Hints

BOMBS = [
    (b"<p>" + b"nova seven " * 4_545_454 + b"</p>", "a.html"),
    (b"%PDF-" + bytes(26_000_000), ""),
    (b"<div>" * 900_000 + b"four words are here", "a.html"),
    (b"[" * 400_000, "a.md"),
    (b"[" * 100_000 + b"]" * 100_000, "a.json"),
    (b"---\\nlicense: &a [x,x]\\ntags: [*a,*a,*a]\\n---\\nhello there dear reader", "README.md"),
]

async def main():
    for data, name in BOMBS:
        found = await parse_apart(data, Hints(name=name))
        print(found.trouble.kind if found.trouble else "none")

asyncio.run(main())
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""
"""A small process measures: a child's memory is counted from that of its parent on."""


def test_no_bomb_stops_the_rest_or_fills_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOMBS.replace("\\\\", "\\")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    *kinds, memory = done.stdout.split()
    assert kinds[:2] == ["too-big", "too-big"]
    assert kinds[2] in {"empty", "too-big"}
    assert kinds[3] in {"too-big", "broken"}
    assert kinds[4:] == ["broken", "none"]
    assert int(memory) < 300_000_000


def test_a_packed_page_of_a_pdf_is_bounded() -> None:
    packed = zlib.compressobj(9)
    page = b"".join(packed.compress(b"(nova) Tj " * 100_000) for _ in range(300)) + packed.flush()
    found = read(packed_pdf(page))
    assert found.trouble is not None
    assert found.trouble.kind in {"too-big", "broken"}


def test_a_parser_that_fails_is_told_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contained.sys, "executable", shutil.which("false"))
    found = read(b"text")
    assert found.trouble is not None
    assert found.trouble.message == "it cannot be parsed: the parser gave up"
