"""The index that browsers search: every word of a model leads to it."""

import json

import pytest

from panel.publishing.site.search_index import search_pages
from panel.testing import make_dossier
from tests.publishing.site.books import MemoryBook, pages
from tests.publishing.site.published import make_published


def index(*names: tuple[str, str, str]) -> dict[str, list[list[str]]]:
    """Rows by file, from slugs, names and vendors."""
    models = [
        make_published(slug, dossier=make_dossier(slug=slug, name=name, vendor=vendor))
        for slug, name, vendor in names
    ]
    found = pages(MemoryBook(models), search_pages)
    return {path: json.loads(page.render()) for path, page in found.items()}


@pytest.mark.parametrize(
    ("name", "vendor", "files"),
    [
        ("Qwen3.6-27B", "Alibaba", "q62a"),
        ("Éclair", "Ørsted", "e_"),
        ("文心一言", "百度", "_w"),
        ("Мишка 7", "Tern & Co", "_7tc"),
    ],
)
def test_each_word_leads_there(name: str, vendor: str, files: str) -> None:
    found = index(("wenxin", name, vendor))
    row = ["wenxin", name, vendor, found["search/w.json"][0][3], "ship", "3 of 5 seats ship it"]
    for letter in {*files, "w"}:
        assert found[f"search/{letter}.json"] == [row]
    assert sum(map(len, found.values())) == len({*files, "w"})


def test_there_is_a_file_for_whatever_is_typed() -> None:
    found = index()
    assert len(found) == 37
    assert set(map(str, found.values())) == {"[]"}


def test_a_changed_model_changes_its_own_files_only() -> None:
    both = [make_published("tern"), make_published("heron")]
    other = make_published("tern", ("skip",) * 5)
    before, after = (pages(MemoryBook(one), search_pages) for one in (both, [other, both[1]]))
    changed = {path for path in before if before[path].key != after[path].key}
    vendor = both[0].edition.card.vendor[0].lower()
    assert (
        {"search/t.json"} <= changed <= {"search/t.json", f"search/{vendor}.json", "search/l.json"}
    )
