"""Gives files of the site, each from one build, however often the site is switched meanwhile.

The published folder is a link; a request follows it once. Files are never changed in place, so
what is open stays what it was.
"""

import gzip
import hashlib
import html
import os
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from panel.publishing.site import paths

_SMALL = 1024 * 1024
"""Bytes up to which a file is read whole."""

_WORTH_IT = 500
"""Bytes from which on a file is compressed."""

_CHUNK = 256 * 1024
_TRIES = 3
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
_FEEDS = {address: media for _, media, address in paths.FEEDS}
_PACKED = frozenset({".png", ".ico"})
_IMMUTABLE = re.compile(r"assets/[^/]+\.[0-9a-f]{8,}\.[a-z0-9]+\Z")
_MOVED = re.compile(rb'<meta http-equiv="refresh" content="0; url=([^"]+)">')
_HEAD = 8192

FOREVER = "public, max-age=31536000, immutable"
AGAIN = "no-cache"
"""Kept by browsers, and asked about each time."""


class Files:
    """The files of a site.

    Args:
        site: The folder that is published.
    """

    def __init__(self, site: Path) -> None:
        self._site = site

    def answer(self, request: Request) -> Response | None:
        """The file an address means; None when there is none.

        Args:
            request: A GET or HEAD request.
        """
        path = request.scope["path"]
        relative = _relative(path)
        if relative is None:
            return None
        try:
            file = self._open(relative)
        except IsADirectoryError:
            query = f"?{request.url.query}" if request.url.query else ""
            name = quote(path.rpartition("/")[2])
            there = self.read(f"{relative}/{paths.INDEX}") is not None
            return RedirectResponse(f"./{name}/{query}", 308) if there else None
        if file is None:
            return None
        return _response(request, file, paths.file_of(relative))

    def read(self, relative: str) -> bytes | None:
        """The content of a file; None when there is none.

        Args:
            relative: Where it lies below the root.
        """
        try:
            file = self._open(relative)
        except IsADirectoryError:
            return None
        if file is None:
            return None
        with file:
            return file.read()

    def assets(self, wanted: dict[str, str]) -> dict[str, str]:
        """Assets of the build that readers see, in the place of those it does not have.

        Args:
            wanted: Addresses by name, as this program would build them.
        """
        folder = Path(os.path.realpath(self._site)) / "assets"
        found = dict(wanted)
        for name, address in wanted.items():
            stem, _, suffix = name.rpartition(".")
            if not (folder.parent / address).is_file():
                others = sorted(folder.glob(f"{stem}.*.{suffix}"))
                found[name] = f"assets/{others[-1].name}" if others else address
        return found

    def _open(self, relative: str) -> BinaryIO | None:
        for _ in range(_TRIES):
            root = os.path.realpath(self._site)
            place = Path(root, paths.file_of(relative))
            try:
                if not os.path.realpath(place).startswith(root + os.sep):
                    return None
                return place.open("rb")
            except IsADirectoryError:
                raise
            except (FileNotFoundError, NotADirectoryError):
                if os.path.realpath(self._site) == root:
                    return None  # no build has come between
            except (ValueError, OSError):
                return None  # no name that a file can have
        return None


def _relative(path: str) -> str | None:
    """What an address means below the root; None when it can mean nothing of the site."""
    parts = path.removeprefix("/").split("/")
    named = parts[:-1] if parts[-1] == "" else parts
    if any(not part or part.startswith(".") or "\\" in part or "\0" in part for part in named):
        return None
    return "/".join(parts)


def _response(request: Request, file: BinaryIO, relative: str) -> Response:
    suffix = Path(relative).suffix
    media = _FEEDS.get(relative, _TYPES.get(suffix, "application/octet-stream"))
    headers = {
        "content-type": media,
        "cache-control": FOREVER if _IMMUTABLE.match(relative) else AGAIN,
    }
    if suffix not in _PACKED:
        headers["vary"] = "Accept-Encoding"
    packed = suffix not in _PACKED and takes_gzip(request.headers.get("accept-encoding", ""))
    found = os.fstat(file.fileno())
    if found.st_size > _SMALL:
        tag = f"{found.st_ino:x}-{found.st_mtime_ns:x}-{found.st_size:x}"
        return _large(request, file, headers | _tagged(tag, packed=packed), packed=packed)
    with file:
        content = file.read()
    moved = _MOVED.search(content[:_HEAD]) if suffix == ".html" else None
    if moved:
        return RedirectResponse(html.unescape(moved[1].decode()), 301, headers)
    packed = packed and len(content) >= _WORTH_IT
    headers |= _tagged(hashlib.sha256(content).hexdigest()[:32], packed=packed)
    if is_known(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    return Response(_gzipped(content) if packed else content, headers=headers)


def _large(request: Request, file: BinaryIO, headers: dict[str, str], *, packed: bool) -> Response:
    if is_known(request, headers["etag"]):
        file.close()
        return Response(status_code=304, headers=headers)
    if not packed:
        headers["content-length"] = str(os.fstat(file.fileno()).st_size)
    return StreamingResponse(_chunks(file, packed=packed), headers=headers)


def _chunks(file: BinaryIO, *, packed: bool) -> Iterator[bytes]:
    packer = zlib.compressobj(6, wbits=31) if packed else None
    with file:
        while chunk := file.read(_CHUNK):
            yield packer.compress(chunk) if packer else chunk
    if packer:
        yield packer.flush()


def _tagged(tag: str, *, packed: bool) -> dict[str, str]:
    if packed:
        return {"etag": f'"{tag}-gz"', "content-encoding": "gzip"}
    return {"etag": f'"{tag}"'}


def is_known(request: Request, tag: str) -> bool:
    """Whether whoever asks has these bytes already.

    Args:
        request: The request.
        tag: The entity tag of what it would get.
    """
    given = request.headers.get("if-none-match", "")
    known = {one.strip().removeprefix("W/") for one in given.split(",")}
    return tag in known or given.strip() == "*"


def takes_gzip(accepted: str) -> bool:
    """Whether a browser takes gzip, by its header Accept-Encoding.

    Args:
        accepted: The header; may be empty.
    """
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


@lru_cache(256)
def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)
