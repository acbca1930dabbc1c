"""What pages load besides themselves: one style and one script, named by their content.

A name never comes to mean other bytes, so that browsers may keep what they have, and a page that
somebody opened before a build still finds the style it was made for.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from panel.domain.value import digest_of
from panel.publishing.site.book import Book, Page

FOLDER = "assets/"
_HERE = Path(__file__).parent / "assets"


@cache
def _addresses() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for path in sorted(one for one in _HERE.iterdir() if one.is_file()):
        name = f"{path.stem}.{hashlib.sha256(path.read_bytes()).hexdigest()[:10]}{path.suffix}"
        found[path.name] = FOLDER + name
    return found


def assets() -> dict[str, str]:
    """Address below the root by name of each asset."""
    return dict(_addresses())


def asset_pages(book: Book) -> Iterable[Page]:
    """The files of all assets.

    Args:
        book: Everything that is published.
    """
    for name, address in book.site.assets.items():
        yield Page(address, digest_of("asset", address), (_HERE / name).read_bytes)


def kept_asset(address: str, folder: Path) -> Page:
    """An asset of an older build, which pages that are open somewhere still ask for.

    Args:
        address: Where it lies below the root.
        folder: The older build.
    """
    return Page(address, digest_of("asset", address), (folder / address).read_bytes)
