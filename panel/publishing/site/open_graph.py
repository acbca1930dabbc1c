"""Draws what a link to a page shows where people share it.

Sixteen colours and letters in shades of one of them keep a drawing at a few kilobytes and a few
milliseconds, which matters when there are sixty thousand.
"""

import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from PIL import Image, ImageDraw, ImageFont
from PIL import __version__ as pillow

from panel.domain.publication.entry import Entry
from panel.domain.value import digest_of
from panel.errors import ShipskipError
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.phrases import OUTCOMES, name_of, rate_line, seats_line
from panel.publishing.words import day, one_line

WIDTH, HEIGHT = 1200, 630
_LEFT, _RIGHT = 80, 1120
_PAPER, _INK, _GREY, _BAR = 9, 0, 4, 10
_OUTCOME_BARS = {"ship": 11, "skip": 12, "split": 13, "no_quorum": 14}
_INKS = [(round(24 + 229 * step / 9),) * 3 for step in range(10)]
_FLAT = [(24, 24, 24), (18, 115, 74), (176, 58, 46), (168, 118, 12), (120, 120, 120), (0, 0, 0)]
_PALETTE = [part for colour in (*_INKS, *_FLAT) for part in colour]
_RUNS = 3
"""zlib's run-length strategy: flat areas cost next to nothing."""


@dataclass(frozen=True)
class Drawing:
    """What a drawing shows.

    Attributes:
        site: Name of the site.
        title: The largest line or two.
        lines: Smaller lines below.
        foot: The last line.
        bar: Colour of the bar at its side, an index of the palette.
    """

    site: str
    title: tuple[str, ...]
    lines: tuple[str, ...]
    foot: str
    bar: int = _BAR


def image_pages(book: Book) -> Iterator[Page]:
    """The drawings of the home page, of all models and of all comparisons, and the site's mark.

    Args:
        book: Everything that is published.
    """
    site = book.site
    yield Page(paths.ICON, digest_of("drawing", f"icon {pillow}"), _icon)
    yield _page(paths.HOME, [site.name], partial(site_image, site))
    told = {slug: _told(entry) for slug, entry in book.entries.items()}
    for slug, lines in told.items():
        bar = _OUTCOME_BARS[book.entries[slug].outcome]
        drawing = partial(_of_model, site.name, lines, bar)
        yield _page(paths.model_path(slug), [site.name, *lines, str(bar)], drawing)
    for one, two in book.pairs:
        both = told[one][:2] + told[two][:2]
        drawing = partial(_of_pair, site.name, both)
        yield _page(paths.comparison_path(one, two), [site.name, *both], drawing)


def site_image(site: SiteInfo) -> bytes:
    """The drawing of the whole site.

    Args:
        site: The site.
    """
    words = ("Ship it or skip it?", "Sourced scorecards for new AI models")
    foot = "Drafted by AI personas, edited by humans"
    return draw(Drawing("", (drawable(site.name, "shipskip"),), words, foot))


def draw(drawing: Drawing) -> bytes:
    """A drawing as PNG, 1200 by 630; equal ones have equal bytes.

    Args:
        drawing: What it shows.
    """
    canvas = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((0, 0, 28, HEIGHT), fill=drawing.bar)
    _line(pen, 64, drawing.site, size=32, fill=_GREY)
    down = 140
    size = min(_fitting(line, 84) for line in drawing.title)
    for line in drawing.title:
        _line(pen, down, line, size=size, fill=_INK)
        down += size + 24
    down += 24
    for line in drawing.lines:
        _line(pen, down, line, size=40, fill=_INK)
        down += 60
    _line(pen, 540, drawing.foot, size=30, fill=_GREY)
    found = Image.frombytes("P", canvas.size, canvas.tobytes())
    found.putpalette(_PALETTE)
    written = io.BytesIO()
    found.save(written, "PNG", bits=4, compress_level=6, compress_type=_RUNS)
    return written.getvalue()


def drawable(text: str, instead: str = "") -> str:
    """A text in letters that the font has.

    Accents are left off where a letter has none; a text with other letters, such as one in
    another script, cannot be drawn.

    Args:
        text: Any text.
        instead: What to show when it cannot be drawn.
    """
    line = one_line(text)
    if line.isascii():
        return line
    plain = "".join(_SPELLED.get(char, char) for char in line)
    bare = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return bare if bare.isascii() else instead


_SPELLED = dict(
    zip(
        "\u2013\u2014\u2018\u2019\u201c\u201d\u00d7\u00f8\u00d8\u0142\u0141",
        "--''\"\"xoOlL",
        strict=True,
    )
) | {"\u20ac": "EUR ", "\u2026": "...", "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe"}
"""Letters that cannot be taken apart, as people spell them without."""


def _icon() -> bytes:
    """A disc and a diamond, ship and skip; browsers take a PNG under this name as well."""
    canvas = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    pen = ImageDraw.Draw(canvas)
    pen.ellipse((4, 4, 40, 40), fill=_FLAT[1])
    pen.polygon(((44, 24), (62, 42), (44, 60), (26, 42)), fill="white", outline=_FLAT[2], width=5)
    written = io.BytesIO()
    canvas.save(written, "PNG")
    return written.getvalue()


_Told = tuple[str, str, str, str, str]
"""Name, votes, vendor, rate and foot, as they are drawn."""


def _told(entry: Entry) -> _Told:
    vendor = drawable(entry.vendor)
    draft = "Draft, approved by nobody" if entry.kind == "draft" else day(entry.at.date())
    return (
        drawable(name_of(entry), entry.slug),
        f"{OUTCOMES[entry.outcome]}: {seats_line(entry)}",
        f"by {vendor}" if vendor else "",
        rate_line(entry),
        f"AI personas, edited by a human | {draft}",
    )


def _of_model(site: str, told: _Told, bar: int) -> bytes:
    name, votes, vendor, rate, foot = told
    lines = tuple(filter(None, (vendor, votes, rate)))
    return draw(Drawing(drawable(site, "shipskip"), (name,), lines, foot, bar))


def _of_pair(site: str, told: tuple[str, str, str, str]) -> bytes:
    one, votes, two, other_votes = told
    lines = (f"{one}: {votes}", f"{two}: {other_votes}")
    foot = "Derived from two scorecards | AI personas, edited by a human"
    return draw(Drawing(drawable(site, "shipskip"), (f"{one} or", f"{two}?"), lines, foot))


def _page(path: str, shown: list[str], drawing: Callable[[], bytes]) -> Page:
    # Joined, not made JSON: there are more drawings than anything else, and each text is one line.
    key = digest_of("drawing", "\n".join((pillow, *shown)))
    return Page(paths.image_of(path), key, drawing)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    found = ImageFont.load_default(size)
    if isinstance(found, ImageFont.FreeTypeFont):
        return found
    raise ShipskipError(
        "this Pillow was built without FreeType and cannot draw letters",
        remedy="install Pillow from its own wheels",
    )


def _fitting(text: str, most: int) -> int:
    """The largest size at which a text fits the width, down to half of what was wished for."""
    width = _font(most).getlength(text)
    return max(most // 2, min(most, int(most * (_RIGHT - _LEFT) / max(width, 1))))


def _line(pen: ImageDraw.ImageDraw, top: int, text: str, *, size: int, fill: int) -> None:
    size = _fitting(text, size)
    pen.text((_LEFT, top), _cut(text, size), font=_font(size), fill=fill)


def _cut(text: str, size: int) -> str:
    font = _font(size)
    while font.getlength(text) > _RIGHT - _LEFT:
        text = f"{text[:-4].rstrip()}..."
    return text
