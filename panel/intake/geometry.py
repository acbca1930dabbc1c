"""Where a style puts an element and how large it makes it, as a screen of usual size shows it."""

import re
from collections.abc import Mapping

Style = Mapping[str, str]

ROOT_PX = 16.0
FAR_PX = 400.0
"""A text moved so far to the left or up is off the screen."""

VERY_FAR_PX = 4000.0
"""To the right or down a page can be scrolled, but not that far."""

_THIN_PX = 4.0
"""Of a box no higher or wider than this nothing can be read."""

_SMALL_SCALE = 0.25
_FAR_SHARE = 300.0
"""Per cent of its own size by which nothing is moved that should be seen."""

_LENGTH = re.compile(r"([+-]?\d*\.?\d+)(px|em|rem|ex|ch|pt|pc|in|cm|mm|q|vw|vh|%)?")
_UNITS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945,
    "rem": ROOT_PX, "vw": 12.8, "vh": 8.0,
}  # fmt: skip
_SCALE = re.compile(r"(?:scale(?:3d|x|y)?|matrix)\(\s*([\d.]+%?)")
_SIDES = ("left", "right", "top", "bottom", "inset-inline-start", "inset-block-start")
_MARGINS = (
    "margin-left", "margin-top", "margin-right", "margin-bottom", "margin-inline-start",
    "margin-block-start", "padding-left", "padding-top",
)  # fmt: skip


def length(value: str, font_px: float) -> float | None:
    """A length in pixels; None when it is none. A share is taken of a screen's width.

    Args:
        value: A CSS value.
        font_px: Size of the letters, for `em`.
    """
    found = _LENGTH.fullmatch(value.strip())
    if not found:
        return None
    unit = found[2] or "px"
    if unit == "%":
        return float(found[1]) * _UNITS["vw"]
    if unit in {"em", "ex", "ch"}:
        return float(found[1]) * font_px * (1 if unit == "em" else 0.5)
    return float(found[1]) * _UNITS[unit]


def number(value: str) -> float | None:
    """The number a value begins with; None when it does not.

    Args:
        value: A CSS value.
    """
    found = re.match(r"[+-]?\d*\.?\d+", value)
    return float(found.group()) if found else None


def share(value: str) -> float | None:
    """A number or percentage, as a part of one.

    Args:
        value: A CSS value, e.g. `.5` or `50%`.
    """
    found = number(value)
    return found / 100 if found is not None and value.endswith("%") else found


def no_size(style: Style, font_px: float) -> bool:
    """Whether an element has no width or height, and cuts off what does not fit.

    Args:
        style: Its declarations.
        font_px: Size of its letters.
    """
    zoom, scale = share(style.get("zoom", "")), share(style.get("scale", ""))
    scales = [one for one in (zoom, scale) if one is not None]
    moved = style.get("transform", "")
    scales += [one for found in _SCALE.findall(moved) if (one := share(found)) is not None]
    if any(one < _SMALL_SCALE for one in scales) or re.search(r"rotate[xy]\(\s*-?90deg", moved):
        return True
    cut = " ".join(style.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))
    if not re.search(r"hidden|clip|scroll|auto", cut):
        return False
    if number(style.get("line-height", "")) == 0:
        return True
    for name in ("width", "height", "max-width", "max-height", "block-size", "inline-size"):
        value = style.get(name, "")
        size = None if value.endswith("%") and value != "0%" else length(value, font_px)
        if size is not None and size <= _THIN_PX:
            return True
    return False


def clipped(style: Style) -> bool:
    """Whether nothing of an element is left by its clipping.

    Args:
        style: Its declarations.
    """
    rect = re.match(r"rect\(([^)]*)\)", style.get("clip", ""))
    if rect and style.get("position") in {"absolute", "fixed"}:
        found = [length(side, ROOT_PX) for side in re.split(r"[\s,]+", rect[1].strip())]
        sides = [side for side in found if side is not None]
        if len(sides) == 4:
            top, right, bottom, left = sides
            return bottom - top <= 1 or right - left <= 1
    path = style.get("clip-path", "")
    if inset := re.match(r"inset\(([\d.%\s]+)", path):
        cuts = [number(one) or 0.0 for one in inset[1].split()]
        top, right, bottom, left = (*cuts, *cuts[-1:] * 3)[:4] if len(cuts) != 2 else cuts * 2
        return "%" in inset[1] and (top + bottom >= 100 or left + right >= 100)
    if re.match(r"(?:circle|ellipse)\(\s*0(?:px|%)?[\s)]", path):
        return True
    points = re.match(r"polygon\(([^)]*)\)", path)
    return bool(points) and len(set(re.split(r"\s*,\s*", points[1].strip()))) < 3


def moved_away(style: Style, font_px: float) -> bool:
    """Whether an element lies where no reader comes.

    Args:
        style: Its declarations.
        font_px: Size of its letters.
    """
    margins = [style.get(name, "") for name in _MARGINS]
    margins += style.get("margin", "").split() + style.get("padding", "").split()
    distances = [value for value in margins if not value.endswith("%")]  # columns are made so
    if style.get("position") in {"absolute", "fixed", "relative", "sticky"}:
        distances += [style.get(name, "") for name in _SIDES]
        distances += style.get("inset", "").split()
    moved = f"{style.get('transform', '')} {style.get('translate', '')}"
    distances += re.findall(r"[+-]?[\d.]+(?:px|r?em|vw|vh)", moved)
    if any(abs(float(one)) >= _FAR_SHARE for one in re.findall(r"([+-]?[\d.]+)%", moved)):
        return True
    for value in distances:
        far = length(value, font_px)
        if far is not None and (far <= -FAR_PX or far >= VERY_FAR_PX):
            return True
    return False


def indented_away(value: str) -> bool:
    """Whether an indent pushes the first line out of sight.

    Args:
        value: Value of `text-indent`.
    """
    indent = length(value, ROOT_PX)
    if indent is None:
        return False
    most = 100 * _UNITS["vw"] if value.endswith("%") else VERY_FAR_PX
    return indent <= -FAR_PX or indent >= most
