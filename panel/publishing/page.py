"""One scorecard as a single HTML file that needs nothing else and asks nobody for anything.

Everything is escaped by the template engine; a content security policy allows exactly the one
style sheet it carries, by its hash, and nothing else.
"""

import base64
import functools
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from panel.publishing.card import CardView
from panel.publishing.figure import figure
from panel.publishing.words import unbroken

RENDERING = 1
"""Raised whenever equal inputs give other bytes, so that old exports are told from altered ones."""

_TEMPLATES = Path(__file__).parent / "templates"
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    auto_reload=False,
)


_ENVIRONMENT.filters["unbroken"] = unbroken


def render_page(view: CardView) -> str:
    """The page of one scorecard; equal views give equal bytes.

    Args:
        view: The scorecard in words.

    Returns:
        A complete HTML document, well-formed as XML too.
    """
    css, digest = _style()
    return _ENVIRONMENT.get_template("card.html.j2").render(
        card=view,
        figure=figure(view),
        css=css,
        css_digest=digest,
        rendering=RENDERING,
    )


@functools.cache
def _style() -> tuple[Markup, str]:
    """Our own style sheet, with the hash under which the page allows it."""
    css = (_TEMPLATES / "card.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return Markup(css), digest  # noqa: S704 - read from this package, no word of it from outside
