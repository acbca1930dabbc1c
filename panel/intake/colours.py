"""Colours of style sheets, and whether letters stand out from what is behind them."""

from typing import Any, cast

from tinycss2.color4 import parse_color  # pyright: ignore[reportMissingTypeStubs]

Rgb = tuple[float, float, float]
"""Red, green and blue in sRGB, each from 0 to 1."""


def parsed(value: str) -> tuple[Rgb, float] | None:
    """A colour and its opacity; None when it is none, or cannot be told from the page.

    Args:
        value: A CSS value, e.g. `#fff` or `rgb(0 0 0 / 50%)`.
    """
    try:
        found = cast("Any", parse_color(value))
        if found is None or isinstance(found, str):
            return None
        red, green, blue = (min(1.0, max(0.0, part or 0.0)) for part in found.to("srgb")[:3])
        return (red, green, blue), float(found.alpha)
    except (ValueError, NotImplementedError, TypeError):
        return None


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, success criterion 1.4.3).

    Args:
        one: A colour.
        other: A colour.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
