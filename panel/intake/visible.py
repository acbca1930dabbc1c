"""The visibility pass: takes everything out of a page that its reader does not see, and tells it.

It runs before any extractor, since common extractors pass on most of what is hidden.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from lxml.etree import _Comment as Comment  # pyright: ignore[reportPrivateUsage]
from lxml.html import HtmlElement

from panel.domain.intake.characters import cleaned
from panel.domain.intake.reading import MAX_SHOWN, Hidden, HiddenKind, shown
from panel.intake.cascade import Cascade
from panel.intake.styles import Look, gone, hidden_by_class, look, resolved, vanishes

MAX_LISTED = 200
"""Most removed texts that are listed one by one."""

_CODE = frozenset({"script", "style", "link", "base"})
_NOT_RENDERED = frozenset(
    {
        "template", "noscript", "noframes", "noembed", "datalist", "title", "desc", "metadata",
        "defs", "symbol", "annotation", "annotation-xml", "rp", "audio", "video", "canvas",
        "object", "iframe", "embed", "progress", "meter", "select", "param", "optgroup",
        "option",
    }
)  # fmt: skip
_TOLD_ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "summary", "placeholder")
_KEPT_ATTRIBUTES = frozenset({"class", "id", "href", "datetime", "role", "colspan", "rowspan"})
_KEPT_LINKS = ("http://", "https://")


class _Fate(NamedTuple):
    """What becomes of an element.

    Attributes:
        gone: Why it is removed with all that is inside; None when it is not.
        veil: Why its own letters are removed; None when they are not.
        supposed: Whether the veil rests on a white ground that the page nowhere states.
    """

    gone: HiddenKind | None = None
    veil: HiddenKind | None = None
    supposed: bool = False


def only_visible(page: HtmlElement) -> tuple[Hidden, ...]:
    """Remove what a reader does not see.

    Args:
        page: A parsed page; changed in place. Of attributes only those stay that extractors need.

    Returns:
        What was removed and where, in the order of the page.

    Raises:
        TooManyRulesError: Its style sheets are larger than any article's.
    """
    fates = _fates(page)
    if _supposed_too_much(page, fates):
        fates = {
            element: fate._replace(veil=None) if fate.supposed else fate
            for element, fate in fates.items()
        }
    found = [*_metadata(page), *_comments(page), *_removed(fates)]
    found += _attributes(page)
    found += _characters(page)
    return _listed(found)


def _fates(page: HtmlElement) -> dict[HtmlElement, _Fate]:
    """The fate of every element that is not inside one that goes."""
    cascade = Cascade(page)
    fates: dict[HtmlElement, _Fate] = {}
    todo: list[tuple[HtmlElement, Look]] = [(page, Look())]
    while todo:
        element, above = todo.pop()
        if not isinstance(element.tag, str) or element.tag == "head":
            continue
        own = cascade.style(element)
        mine = {name: value for name, value in own.items() if name.startswith("--")}
        variables = {**above.variables, **mine} if mine else above.variables
        style = resolved(own, variables)
        seen = look(style, above._replace(variables=variables))
        why = _absent(element, style) or gone(style, seen.font_px)
        veil = seen.veil or ("same-colour" if vanishes(seen) else None)
        supposed = veil == "same-colour" and not seen.ground_known and seen.alpha > 0.5
        fates[element] = _Fate(why, veil, supposed)
        if why is None:
            todo.extend((child, seen) for child in element)
    return fates


def _absent(element: HtmlElement, style: Mapping[str, str]) -> HiddenKind | None:
    """Why an element is not shown whatever its style, or by an older way of saying so."""
    tag = str(element.tag).rpartition("}")[2]
    if tag in _NOT_RENDERED or (tag == "dialog" and element.get("open") is None):
        return "not-rendered"
    if element.get("hidden") is not None and style.get("display") == "none":
        return "attribute"
    if "display" not in style and hidden_by_class(element.get("class") or ""):
        return "class-name"
    return None


def _supposed_too_much(page: HtmlElement, fates: Mapping[HtmlElement, _Fate]) -> bool:
    """Whether most of a page would vanish in a white that only a sheet elsewhere can deny."""
    if not any("stylesheet" in (link.get("rel") or "") for link in page.iter("link")):
        return False
    sizes = {True: 0, False: 0}
    for element, fate in fates.items():
        if fate.gone is None and element.tag not in _CODE:
            sizes[fate.supposed] += sum(len(text.strip()) for text in _own_texts(element))
    return sizes[True] > sizes[False]


def _own_texts(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _metadata(page: HtmlElement) -> Iterator[Hidden]:
    """What the page says of itself to programs."""
    for meta in list(page.iter("meta")):
        content = meta.get("content") or ""
        if len(content.split()) >= 3 and "charset" not in content:
            name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
            yield Hidden(kind="metadata", place=place(meta, f"meta {name}"), text=shown(content))
    for script in list(page.iter("script")):
        if "json" in (script.get("type") or "") and (script.text or "").strip():
            yield Hidden(kind="metadata", place=place(script), text=shown(script.text or ""))


def _comments(page: HtmlElement) -> Iterator[Hidden]:
    for node in list(page.iter()):
        if isinstance(node.tag, str):
            continue
        if isinstance(node, Comment) and len((node.text or "").split()) >= 2:
            yield Hidden(kind="comment", place=place(node), text=shown(node.text or ""))
        _drop(node)


def _removed(fates: Mapping[HtmlElement, _Fate]) -> Iterator[Hidden]:
    """Tell everything before anything goes: places are told in the page as it came."""
    for element, fate in fates.items():
        why = fate.gone or fate.veil
        if why and element.tag not in _CODE:
            text = " ".join(element.itertext() if fate.gone else _own_texts(element))
            if text.strip():
                yield Hidden(kind=why, place=place(element), text=shown(text))
    for element, fate in fates.items():
        if fate.gone or element.tag in _CODE:
            _drop(element)
        elif fate.veil:
            element.text = None
            for child in element:
                child.tail = None


def _drop(element: HtmlElement) -> None:
    """Remove an element and keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail or "", element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def _attributes(page: HtmlElement) -> Iterator[Hidden]:
    for element in page.iter():
        for name in _TOLD_ATTRIBUTES:
            value = element.get(name) or ""
            if len(value.split()) >= 2 and element.tag != "input":
                told = place(element, name)
                yield Hidden(kind="alternative-text", place=told, text=shown(value))
        for name in list(element.keys()):
            link = name == "href" and not str(element.get(name)).startswith(_KEPT_LINKS)
            if name not in _KEPT_ATTRIBUTES or link:
                del element.attrib[name]


def _characters(page: HtmlElement) -> Iterator[Hidden]:
    for element in page.iter():
        for name in ("text", "tail"):
            text = cast("str | None", getattr(element, name))
            if not text or text.isascii():
                continue
            where = element if name == "text" else element.getparent()
            found = cleaned(text, place(element if where is None else where))
            if found.text != text:
                setattr(element, name, found.text)
            yield from found.found


def place(element: HtmlElement, detail: str = "") -> str:
    """Where an element stands, as an editor finds it in the page's source.

    Args:
        element: The element, still in its page.
        detail: What of it is meant, e.g. an attribute.
    """
    path = element.getroottree().getpath(element)
    path = path.removeprefix("/html").removeprefix("/body").removeprefix("/")
    told = f"line {element.sourceline}, {path}" + (f", {detail}" if detail else "")
    return told if len(told) <= MAX_SHOWN else told[: MAX_SHOWN - 3] + "..."


def _listed(found: list[Hidden]) -> tuple[Hidden, ...]:
    """The same text removed at many places is listed once, and no list is endless."""
    counts: dict[tuple[HiddenKind, str], int] = {}
    for one in found:
        counts[one.kind, one.text] = counts.get((one.kind, one.text), 0) + one.times
    first = {(one.kind, one.text): one for one in reversed(found)}
    listed = [first[key].model_copy(update={"times": times}) for key, times in counts.items()]
    return tuple(listed[:MAX_LISTED])
