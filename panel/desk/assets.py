"""Our style sheet, script and icon, under names that change with their content.

A browser may keep them for ever, since a changed file has another name.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from panel.errors import InputError

_FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class Asset(NamedTuple):
    """A file that pages load.

    Attributes:
        body: Its bytes.
        media_type: Its media type.
    """

    body: bytes
    media_type: str


def asset_url(name: str) -> str:
    """Address of a file.

    Args:
        name: Its name, e.g. `desk.css`.

    Raises:
        InputError: There is no such file.
    """
    for hashed, own in _names().items():
        if own == name:
            return f"/static/{hashed}"
    raise InputError(f"there is no file {name} in the desk's static folder")


def asset(hashed: str) -> Asset | None:
    """A file by the name its address ends with; None when there is none.

    Args:
        hashed: That name, e.g. `desk.1f2e3d4c.css`.
    """
    return _files().get(hashed)


@cache
def _files() -> dict[str, Asset]:
    return {
        hashed: Asset((_FOLDER / name).read_bytes(), _TYPES[Path(name).suffix])
        for hashed, name in _names().items()
    }


@cache
def _names() -> dict[str, str]:
    """Every file's name by its hashed one."""
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.iterdir()):
        if path.suffix in _TYPES:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            found[f"{path.stem}.{digest}{path.suffix}"] = path.name
    return found
