"""Which style declarations apply to which element: style sheets in the page, then `style=`.

Sheets that lie elsewhere are not fetched; well-known class names stand in for them, see
`panel.intake.styles`.
"""

import base64
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, cast

import tinycss2  # pyright: ignore[reportMissingTypeStubs]
from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

RELEVANT = frozenset(
    {
        "-webkit-text-fill-color", "background", "background-color", "background-image",
        "block-size", "bottom", "clip", "clip-path", "color", "content-visibility", "display",
        "filter", "font", "font-size", "height", "inline-size", "inset", "inset-block-start",
        "inset-inline-start", "left", "letter-spacing", "line-height", "margin",
        "margin-block-start", "margin-bottom", "margin-inline-start", "margin-left",
        "margin-right", "margin-top", "max-height", "max-width", "opacity", "overflow",
        "overflow-x", "overflow-y", "padding", "padding-left", "padding-top", "position",
        "right", "scale", "text-indent", "top", "transform", "translate", "unicode-bidi",
        "visibility", "width", "z-index", "zoom",
    }
)  # fmt: skip
"""Properties that may hide a text."""

MAX_RULES = 3000
"""Rules that may apply to something are looked at up to this number; more are no article."""

MAX_SEARCHES = 400
"""Of these, so many may need a search of the whole page."""

_PLAIN = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9]*)?(?:[.#][\w-]+)*(?<=[\w-])")
_SCREEN_PX = 1280.0
_NAME = re.compile(r"([.#])((?:[\w-]|[^\x00-\x7f]|\\.)+)")
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_OTHER_MEDIA = re.compile(
    r"\b(?:print|speech|aural|braille|tty)\b|prefers-|orientation|forced-colors"
)


class TooManyRulesError(Exception):
    """A page has more style rules than any article needs."""


class _Match(NamedTuple):
    """Declarations of one rule for one element, in the order in which later ones win."""

    rank: tuple[int, tuple[int, int, int], int]
    style: Mapping[str, str]


class Cascade:
    """The styles of one page.

    Args:
        page: Its tree; not changed, and not to be changed while the cascade is in use.

    Raises:
        TooManyRulesError: There are more rules than an article has.
    """

    def __init__(self, page: HtmlElement) -> None:
        self._matches: dict[HtmlElement, list[_Match]] = {}
        self._index = _index(page)
        self._count = self._searched = 0
        for sheet in _sheets(page):
            for selector, normal, important in _rules(_nodes(sheet)):
                self._apply(page, selector, normal, important)

    def style(self, element: HtmlElement) -> dict[str, str]:
        """The declarations that win for an element, by property; nothing is inherited here.

        Args:
            element: An element of the page.
        """
        found: dict[str, str] = dict(_attributes(element))
        matches = self._matches.get(element, [])
        for match in sorted(one for one in matches if not one.rank[0]):
            found.update(match.style)
        normal, important = _declared(element.get("style") or "")
        found.update(normal)
        for match in sorted(one for one in matches if one.rank[0]):
            found.update(match.style)
        found.update(important)
        return found

    def _apply(
        self, page: HtmlElement, selector: str, normal: dict[str, str], important: dict[str, str]
    ) -> None:
        if ":not(" not in selector and not self._may_match(selector):
            return
        self._count += 1
        if self._count > MAX_RULES:
            raise TooManyRulesError
        for one in selector.split(",") if "(" not in selector else [selector]:
            rank = _specificity(one)
            for element in self._selected(page, one.strip()):
                kept = self._matches.setdefault(element, [])
                for weight, style in ((0, normal), (1, important)):
                    if style:
                        kept.append(_Match((weight, rank, self._count), style))

    def _selected(self, page: HtmlElement, selector: str) -> Iterable[HtmlElement]:
        """Elements that a selector without commas names."""
        if _PLAIN.fullmatch(selector):
            names = re.findall(r"[.#]?[\w-]+", selector)
            sets = [self._index.get(name if name[0] == "." or name[0] == "#" else name.lower(), {})
                    for name in names]  # fmt: skip
            first, *others = sorted(sets, key=len)
            return [element for element in first if all(element in one for one in others)]
        self._searched += 1
        if self._searched > MAX_SEARCHES:
            raise TooManyRulesError
        try:
            return CSSSelector(selector, translator="html")(page)
        except (SelectorError, ValueError, RecursionError):
            return []  # a selector nobody knows matches nothing, in browsers too

    def _may_match(self, selector: str) -> bool:
        """Whether the classes and ids of a selector occur at all; most of a sheet's do not."""
        return any(
            all(found.group() in self._index for found in _NAME.finditer(one)) or "\\" in one
            for one in selector.split(",")
        )


def _sheets(page: HtmlElement) -> Iterator[str]:
    """The style sheets that stand in a page, those in the address of a link too."""
    for sheet in page.iter("style", "link"):
        if not any(
            _query_applies(query) for query in (sheet.get("media") or "").lower().split(",")
        ):
            continue
        if sheet.tag == "style":
            yield sheet.text_content()
        elif (sheet.get("href") or "").lower().startswith("data:text/css"):
            about, _, data = str(sheet.get("href")).partition(",")
            with suppress(ValueError):
                text = urllib.parse.unquote(data)
                yield (
                    base64.b64decode(text).decode("utf-8", "replace") if "base64" in about else text
                )


def _index(page: HtmlElement) -> dict[str, dict[HtmlElement, None]]:
    """The elements of a page by `.class`, `#id` and tag, in the order of the page."""
    index: dict[str, dict[HtmlElement, None]] = {}
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        names = [f".{name}" for name in (element.get("class") or "").split()]
        if name := element.get("id"):
            names.append(f"#{name}")
        for name in (element.tag, *names):
            index.setdefault(name, {})[element] = None
    return index


def _specificity(selector: str) -> tuple[int, int, int]:
    """Ids, classes and elements of a selector (CSS Selectors 4, section 17), near enough."""
    ids = selector.count("#")
    classes = len(re.findall(r"\.[\w-]|\[|(?<!:):(?!:)", selector))
    return ids, classes, len(re.findall(r"(?:^|[\s>+~])[a-z]", selector))


def _nodes(text: str) -> list[Any]:
    parse = tinycss2.parse_stylesheet  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return cast("list[Any]", parse(text, skip_comments=True, skip_whitespace=True))


def _rules(
    nodes: Iterable[Any], parent: str = "", depth: int = 0
) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Selector, normal and important declarations of every rule that may hide a text."""
    for node in nodes:
        if depth > 8 or node.content is None if hasattr(node, "content") else True:
            continue
        if node.type == "at-rule":
            if _applies(node.lower_at_keyword, _text(node.prelude)):
                yield from _rules(_nodes(_text(node.content)), parent, depth + 1)
            continue
        selector = _text(node.prelude)
        if parent:
            nested = f":is({parent})"
            selector = selector.replace("&", nested) if "&" in selector else f"{nested} {selector}"
        normal, important = _declared(_text(node.content))
        if normal or important:
            yield selector, normal, important
        if "{" in _text(node.content):
            inner = [one for one in _block(_text(node.content)) if one.type.endswith("-rule")]
            yield from _rules(inner, selector, depth + 1)


def _applies(keyword: str, prelude: str) -> bool:
    """Whether an at-rule's content is seen on a screen of usual width."""
    if keyword in {"supports", "layer", "container", "scope"}:
        return True
    if keyword != "media":
        return False
    return any(_query_applies(query) for query in prelude.lower().split(","))


def _query_applies(query: str) -> bool:
    if _OTHER_MEDIA.search(query) and not query.strip().startswith("not"):
        return False
    for side, number, unit in _WIDTH.findall(query):
        width = float(number) * (1 if unit == "px" else 16)
        if (width > _SCREEN_PX) if side == "min" else (width < _SCREEN_PX):
            return False
    return True


def _declared(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The relevant declarations of a block, normal and important, in lower case."""
    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    if not text.strip():
        return normal, important
    for node in _block(text):
        if node.type == "declaration" and (
            node.lower_name in RELEVANT or node.name.startswith("--")
        ):
            (important if node.important else normal)[node.lower_name] = _text(node.value).lower()
    return normal, important


def _block(text: str) -> list[Any]:
    parse = tinycss2.parse_blocks_contents  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return cast("list[Any]", parse(text, skip_comments=True, skip_whitespace=True))


def _text(tokens: Iterable[Any]) -> str:
    """Tokens as text, escapes resolved and comments gone."""
    kept = [token for token in tokens if token.type != "comment"]
    return str(tinycss2.serialize(kept)).strip()  # pyright: ignore[reportUnknownMemberType]


def _attributes(element: HtmlElement) -> Iterator[tuple[str, str]]:
    """What older attributes say of style; anything else wins over them."""
    if element.get("hidden") is not None:
        yield "display", "none"
    for name, means in (("bgcolor", "background-color"), ("color", "color"), ("text", "color")):
        if (value := element.get(name)) and (name != "text" or element.tag == "body"):
            yield means, value.lower()
    if element.tag == "bdo":
        yield "unicode-bidi", "bidi-override"
