"""What a style does to a text: the ways in which a page hides words from who reads it.

Values are judged as a browser of usual size would show them; what cannot be told is taken as seen.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from panel.domain.intake.reading import HiddenKind
from panel.intake.colours import Rgb, contrast, parsed
from panel.intake.geometry import (
    ROOT_PX,
    clipped,
    indented_away,
    length,
    moved_away,
    no_size,
    number,
    share,
)

Style = Mapping[str, str]

_BLUR_PX = 6.0
"""Letters of usual size that are blurred so much are a smear."""

TINY_PX = 4.0
"""Smaller letters cannot be read."""

FAINT = 0.06
"""Lower opacity cannot be seen."""

LEAST_CONTRAST = 1.25
"""WCAG contrast ratio below which letters vanish in their background; readable text has 4.5."""

_NO_BOX = frozenset({"none", "table-column", "table-column-group"})
_CALC = re.compile(r"calc\(\s*([+-]?[\d.]+[a-z%]*)\s*\)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\)[^()]*)*))?\)")
_HIDING_CLASS = re.compile(
    r"^(?:sr-only|visually-?hidden|screen-reader(?:-text|-only|s-only)?|u-hidden|is-hidden"
    r"|hidden|d-none|invisible|hide|element-invisible|offscreen|off-screen|a11y-hidden"
    r"|visually_hidden|is-visually-hidden|u-visually-hidden|display-none)$"
)
_SHOWN_WIDE = re.compile(r"^(?:(?:sm|md|lg|xl|2xl):(?!hidden)|d-(?:sm|md|lg|xl|xxl)-(?!none))")
_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
    "x-large": 24.0, "xx-large": 32.0, "smaller": 13.0, "larger": 19.0,
}  # fmt: skip


class Look(NamedTuple):
    """What an element hands down to the elements inside it.

    Attributes:
        font_px: Size of its letters.
        color: Colour of its letters; None when it cannot be told.
        ground: Colour behind it; None when it cannot be told.
        ground_known: Whether the page says what is behind it, or white is only supposed.
        alpha: Opacity of its letters.
        variables: Its custom properties.
        veil: Why its letters cannot be seen, though elements inside may undo it.
    """

    font_px: float = ROOT_PX
    color: Rgb | None = (0.0, 0.0, 0.0)
    ground: Rgb | None = (1.0, 1.0, 1.0)
    ground_known: bool = False
    alpha: float = 1.0
    variables: Mapping[str, str] = {}
    veil: HiddenKind | None = None


def hidden_by_class(names: str) -> bool:
    """Whether a well-known class name says that an element is not shown.

    Args:
        names: Its class attribute.
    """
    classes = names.split()
    return any(map(_HIDING_CLASS.match, classes)) and not any(map(_SHOWN_WIDE.match, classes))


def resolved(style: Style, variables: Mapping[str, str]) -> Style:
    """A style with its custom properties put in.

    Args:
        style: Declarations by property.
        variables: Custom properties in force.
    """
    if not any("var(" in value or "calc(" in value for value in style.values()):
        return style

    def value_of(match: re.Match[str]) -> str:
        return variables.get(match[1], (match[2] or "").strip())

    found: dict[str, str] = {}
    for name, value in style.items():
        for _ in range(6):
            if "var(" not in value or len(value) > 1000:
                break
            value = _VARIABLE.sub(value_of, value)  # noqa: PLW2901
        found[name] = _CALC.sub(lambda match: match[1], value)
    return found


def gone(style: Style, font_px: float) -> HiddenKind | None:
    """Why an element is not shown with all that is inside it.

    Args:
        style: Its declarations, resolved.
        font_px: Size of its letters.
    """
    if not style:
        return None
    off = style.get("display") in _NO_BOX or style.get("content-visibility") == "hidden"
    placed = style.get("position") in {"absolute", "fixed", "relative"}
    reasons: tuple[tuple[HiddenKind, bool], ...] = (
        ("display", off),
        ("opacity", _opacity(style) <= FAINT),
        ("bidi-control", "override" in style.get("unicode-bidi", "")),
        ("zero-size", no_size(style, font_px)),
        ("clipped", clipped(style)),
        ("off-screen", moved_away(style, font_px)),
        ("covered", placed and (number(style.get("z-index", "")) or 0) < 0),
    )
    return next((kind for kind, holds in reasons if holds), None)


def look(style: Style, above: Look) -> Look:
    """What an element looks like.

    Args:
        style: Its declarations, resolved.
        above: What the element around it looks like.
    """
    font_px = _font_px(style, above.font_px)
    color, alpha = _colour(style, above)
    ground, known = _ground(style, above)
    veil = _veil(style, above.veil)
    if font_px < TINY_PX:
        veil = "zero-size" if font_px == 0 else "tiny"
    elif veil in {"tiny", "zero-size"}:
        veil = None
    return Look(font_px, color, ground, known, alpha, above.variables, veil)


def vanishes(seen: Look) -> bool:
    """Whether letters have the colour of what is behind them.

    Args:
        seen: What the element looks like.
    """
    if seen.alpha <= FAINT:
        return True
    if seen.color is None or seen.ground is None:
        return False
    return contrast(seen.color, seen.ground) < LEAST_CONTRAST


def _veil(style: Style, above: HiddenKind | None) -> HiddenKind | None:
    visibility = style.get("visibility", "")
    if visibility in {"hidden", "collapse"}:
        return "visibility"
    if visibility == "visible" and above == "visibility":
        return None
    if indented_away(style.get("text-indent", "")):
        return "off-screen"
    spacing = style.get("letter-spacing", "")
    if (gap := length(spacing, ROOT_PX)) is not None and gap <= -0.5 * ROOT_PX:
        return "clipped"
    return above


def _opacity(style: Style) -> float:
    least = share(style.get("opacity", "1"))
    least = 1.0 if least is None else least
    for blur in re.findall(r"blur\(\s*([\d.]+)(?:px|r?em)", style.get("filter", "")):
        least = 0.0 if float(blur) >= _BLUR_PX else least
    for found in re.finditer(r"opacity\(\s*([\d.]+)(%?)\s*\)", style.get("filter", "")):
        least = min(least, float(found[1]) / (100 if found[2] else 1))
    return least


def _font_px(style: Style, above: float) -> float:
    value = style.get("font-size", "")
    if not value and (font := style.get("font", "")):
        found = re.search(r"(?:^|\s)(\d*\.?\d+(?:px|r?em|pt|%|vw)?|0)(?=\s*/|\s)", f"{font} ")
        value = found[1] if found else ""
    if value in _SIZES:
        return _SIZES[value]
    if value.endswith("%") and (part := share(value)) is not None:
        return above * part
    if re.match(r"(?:clamp|max|min|calc)\(", value):
        parts = [length(part, above) for part in re.findall(r"[\d.]+(?:px|r?em|pt|vw)", value)]
        return max((part for part in parts if part is not None), default=above)
    size = length(value, above)
    return above if size is None else size


def _colour(style: Style, above: Look) -> tuple[Rgb | None, float]:
    value = style.get("-webkit-text-fill-color") or style.get("color", "")
    if not value or value in {"inherit", "currentcolor", "unset", "revert"}:
        return above.color, above.alpha
    if value == "initial":
        return (0.0, 0.0, 0.0), 1.0
    return parsed(value) or (None, 1.0)


def _ground(style: Style, above: Look) -> tuple[Rgb | None, bool]:
    """Colour behind an element, and whether the page says it."""
    image = f"{style.get('background-image', '')} {style.get('background', '')}"
    if re.search(r"url\(|gradient\(|image-set\(", image):
        return None, True
    value = style.get("background-color") or style.get("background", "")
    for part in (value, *re.findall(r"[\w-]+\([^)]*\)|#\w+|[\w-]+", value)):
        if found := parsed(part):
            return (found[0], True) if found[1] >= 0.5 else (above.ground, above.ground_known)
    return above.ground, above.ground_known
