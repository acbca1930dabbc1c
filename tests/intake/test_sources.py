import asyncio
import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from panel.domain.intake.reading import Reading
from panel.errors import InputError
from panel.intake import sources
from panel.intake.address import Guard
from panel.intake.fetch import Fetcher
from panel.intake.keeping import Keeping
from panel.intake.sources import Sources
from tests.intake.tricks import BEFORE, page
from tests.intake.website import Page, Website, html, moved

TODAY = dt.date(2026, 5, 5)
TEXT = "Nova-7 has open weights and a context of 128K tokens, as its maker says."


def reader(folder: Path, site: Website | None = None) -> Sources:
    guard = Guard([site.host] if site else [])
    hub = site.url if site else "https://hub.invalid"
    return Sources(Fetcher(guard), Keeping(folder / "sources"), today=TODAY, hub=hub)


def read(folder: Path, address: str, site: Website | None = None) -> Reading:
    return asyncio.run(reader(folder, site).read(address))


def test_a_page_is_read_and_kept(tmp_path: Path, site: Website) -> None:
    site.pages |= {"/a": moved("/b#x"), "/b": html(page(""))}
    found = read(tmp_path, f"{site.url}/a", site)
    assert (found.url, found.kind, found.trouble) == (f"{site.url}/b", "html", None)
    assert (found.publisher, found.read) == ("127.0.0.1", TODAY)
    assert BEFORE in found.text
    assert found.sha256 == hashlib.sha256(page("").encode()).hexdigest()
    assert Keeping(tmp_path / "sources").find(found.sha256 or "") == found


@pytest.mark.parametrize("name", ["a.txt", "b.md", "c d.html"])
def test_a_file_is_read_and_kept(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    found = read(tmp_path, str(path))
    assert (found.text, found.url, found.trouble) == (TEXT, None, None)


def test_a_card_is_read_from_the_hub(tmp_path: Path, site: Website) -> None:
    card = f"---\nlicense: mit\n---\n{TEXT}".encode()
    site.pages["/acme/nova-7/raw/main/README.md"] = Page(
        card, headers={"content-type": "text/plain"}
    )
    found = read(tmp_path, "hf:acme/nova-7", site)
    assert (found.kind, found.title) == ("card", "acme/nova-7")
    assert found.text == f"license: mit\n\n{TEXT}"


def test_of_a_list_only_the_entry_is_kept(
    tmp_path: Path, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [{"id": "acme/nova-7", "context_length": 131072}, {"id": "acme/other"}]
    body = json.dumps({"data": entries}).encode()
    site.pages["/models"] = Page(body, headers={"content-type": "application/json"})
    monkeypatch.setitem(sources.LISTS, "openrouter", f"{site.url}/models")
    (tmp_path / "list.json").write_bytes(body)
    for address in (
        f"{site.url}/models#acme/nova-7",
        "openrouter:acme/nova-7",
        f"{tmp_path / 'list.json'}#acme/nova-7",
    ):
        found = read(tmp_path, address, site)
        assert found.text == '{"id": "acme/nova-7", "context_length": 131072}'
        assert found.sha256 == hashlib.sha256(found.text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("file:///etc/hosts", "bad-address"),
        ("javascript:alert(1)", "bad-address"),
        ("http://127.0.0.1:9/", "refused-address"),
        ("hf:../x", "bad-address"),
    ],
)
def test_what_is_not_read_is_named_and_nothing_is_kept(
    tmp_path: Path, address: str, kind: str
) -> None:
    found = read(tmp_path, address)
    assert found.trouble is not None
    assert (found.trouble.kind, found.sha256, found.usable) == (kind, None, False)
    assert not (tmp_path / "sources").exists()


def test_a_password_in_an_address_is_neither_kept_nor_told(tmp_path: Path) -> None:
    found = read(tmp_path, "https://editor:secret@a.example/x")
    assert found.trouble is not None
    assert found.address == "https://a.example/x"
    assert "secret" not in str(found)


def test_a_page_that_is_not_there_is_named(tmp_path: Path, site: Website) -> None:
    found = read(tmp_path, f"{site.url}/none", site)
    assert found.trouble is not None
    assert found.trouble.kind == "not-found"


def test_a_date_that_lies_ahead_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ndate: 2031-01-01\n---\n{TEXT}", encoding="utf-8")
    assert read(tmp_path, str(path)).published is None


@pytest.mark.parametrize("name", ["none.txt", ".", "a\x00b"])
def test_a_file_that_is_not_there_is_the_persons_to_mend(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, str(tmp_path / name) if name != "." else str(tmp_path))
    assert caught.value.problems[0].remedy


def test_sources_come_as_they_are_read_each_once(tmp_path: Path, site: Website) -> None:
    site.pages |= {f"/{at}": html(page(f"<p>Page {at}.")) for at in range(4)}

    async def all_of(addresses: list[str]) -> list[tuple[int, Reading]]:
        found = reader(tmp_path, site).read_all(addresses)
        return [one async for one in found]

    addresses = [f"{site.url}/{at}" for at in (0, 1, 2, 1, 3)]
    found = asyncio.run(all_of(addresses))
    assert sorted(at for at, _ in found) == [0, 1, 2, 4]
    assert all(one.address == addresses[at] for at, one in found)
    assert len(site.paths) == 4
