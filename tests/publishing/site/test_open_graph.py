"""Drawings for shared links: right in size, small, equal for equal contents, and never boxes."""

import io

import pytest
from PIL import Image

from panel.publishing.site.open_graph import Drawing, draw, drawable, image_pages, site_image
from panel.testing import make_dossier
from tests.publishing.hostile import PAYLOADS
from tests.publishing.site.books import SITE, MemoryBook, pages
from tests.publishing.site.published import make_published

BOOK = MemoryBook([make_published("heron"), make_published("tern")], pairs=(("heron", "tern"),))


def opened(content: bytes) -> Image.Image:
    """A drawing as a browser opens it."""
    found = Image.open(io.BytesIO(content), formats=["PNG"])
    found.load()
    return found


def test_home_models_and_comparisons_have_one() -> None:
    found = pages(BOOK, image_pages)
    assert opened(found.pop("favicon.ico").render()).size == (64, 64)
    assert list(found) == [
        "card.png",
        "models/heron/card.png",
        "models/tern/card.png",
        "compare/heron/tern/card.png",
    ]
    for page in found.values():
        content = page.render()
        assert opened(content).size == (1200, 630)
        assert len(content) < 40_000
        assert page.render() == content
    assert found["card.png"].render() == site_image(SITE)


def test_a_drawing_is_made_again_only_when_it_shows_something_else() -> None:
    before = pages(BOOK, image_pages)
    renamed = make_published("tern", dossier=make_dossier(slug="tern", name="Tern Max"))
    after = pages(MemoryBook([BOOK.models[0], renamed], pairs=BOOK.pairs), image_pages)
    changed = {path for path in before if before[path].key != after[path].key}
    assert changed == {"models/tern/card.png", "compare/heron/tern/card.png"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Qwen3.6-27B", "Qwen3.6-27B"),
        ("Éclair für Łódź \u2013 5 €", "Eclair fur Lodz - 5 EUR "),
        ("文心一言", "slug"),
        ("Мишка", "slug"),
        ("Owl 🦉", "slug"),
        ("", ""),
    ],
)
def test_letters_that_the_font_lacks_do_not_become_boxes(text: str, expected: str) -> None:
    assert drawable(text, "slug") == expected
    assert drawable(text, "slug").isascii()


def test_the_slug_stands_for_a_name_that_cannot_be_drawn() -> None:
    named = make_published("wenxin", dossier=make_dossier(slug="wenxin", name="文心一言"))
    plain = make_published("wenxin", dossier=make_dossier(slug="wenxin", name="wenxin"))
    one, two = (pages(MemoryBook([model]), image_pages) for model in (named, plain))
    assert one["models/wenxin/card.png"].render() == two["models/wenxin/card.png"].render()


@pytest.mark.parametrize("text", [*PAYLOADS, "W" * 400, "i", " "])
def test_any_text_fits(text: str) -> None:
    drawing = Drawing(
        drawable(text), (drawable(text), drawable(text)), (drawable(text),) * 3, "foot"
    )
    found = opened(draw(drawing)).convert("L")
    margin = found.crop((1130, 0, 1200, 630)).getextrema()
    assert margin[0] == margin[1], "nothing is drawn into the margin"
