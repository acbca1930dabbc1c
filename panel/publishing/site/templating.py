"""The site's own template environment: everything is escaped, and nothing may be missing."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from panel.domain.value import digest_of
from panel.publishing.site import paths
from panel.publishing.site.info import SiteInfo
from panel.publishing.words import one_line, unbroken

TEMPLATES = Path(__file__).parent / "templates"
"""Where the templates lie."""

ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    auto_reload=False,
)
ENVIRONMENT.filters.update({"one_line": one_line, "unbroken": unbroken})


def render(template: str, site: SiteInfo, path: str, context: Mapping[str, Any]) -> bytes:
    """One page; equal arguments give equal bytes.

    Args:
        template: Name of the template.
        site: The site.
        path: Where the page lies below the root, as links name it.
        context: What it says.

    Returns:
        The page in UTF-8. In templates `site`, `path`, `root` (what leads back to the root) and
        `paths` (where everything lies) are known beside the context.
    """
    found = ENVIRONMENT.get_template(template)
    text = found.render(
        {"site": site, "path": path, "root": paths.up(path) or "./", "paths": paths, **context}
    )
    return text.encode()


@cache
def templates_digest() -> str:
    """Changes whenever any template does; part of the key of every page."""
    files = sorted(TEMPLATES.rglob("*.j2"))
    return digest_of("templates", {one.name: one.read_text(encoding="utf-8") for one in files})
