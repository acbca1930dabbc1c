"""The files of the fake endpoint, in the shapes of OpenAI's Files API: batches come and go as such.

Source of the shapes: OpenAI's API reference, Files and Batch.
"""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from panel.testing.reply import Reply, refuse
from panel.testing.request import FakeRequest, JsonObject

MOST_BYTES = 200_000_000
"""Largest input file of a batch (source: OpenAI's API reference, create batch)."""

_NAME = re.compile(rb'[; ]name="([^"]*)"')
_FILENAME = re.compile(rb'[; ]filename="([^"]*)"')


@dataclass(frozen=True)
class FakeFile:
    """A stored file.

    Attributes:
        id: Its id.
        filename: Its name, as it was uploaded.
        purpose: `batch` for input, `batch_output` for what came back.
        content: Its bytes.
    """

    id: str
    filename: str
    purpose: str
    content: bytes

    def told(self) -> JsonObject:
        """The file object as the API shows it."""
        return {
            "id": self.id,
            "object": "file",
            "bytes": len(self.content),
            "created_at": 1_770_000_000,
            "filename": self.filename,
            "purpose": self.purpose,
            "status": "processed",
        }


class Files:
    """Keeps files, and answers `/v1/files`.

    Args:
        cut: Downloads that break off half way.
    """

    def __init__(self, cut: int = 0) -> None:
        self._cuts = iter(range(cut))
        self._lock = threading.Lock()
        self._kept: dict[str, FakeFile] = {}

    @property
    def kept(self) -> list[FakeFile]:
        """All files, oldest first."""
        with self._lock:
            return list(self._kept.values())

    def add(self, filename: str, purpose: str, content: bytes) -> FakeFile:
        """Keeps a file.

        Args:
            filename: Its name.
            purpose: What it is for.
            content: Its bytes.
        """
        with self._lock:
            file = FakeFile(f"file-{len(self._kept) + 1:06d}", filename, purpose, content)
            self._kept[file.id] = file
        return file

    def find(self, file_id: str) -> FakeFile | None:
        """The file of that id, if there is one."""
        return self._kept.get(file_id)

    def answer(self, request: FakeRequest) -> Reply:
        """Answers a request to `/v1/files` or below.

        Args:
            request: The request; the raw body of an upload is taken out of it.
        """
        if request.method == "POST":
            return self._upload(request)
        file_id, _, part = request.path.removeprefix("/v1/files").strip("/").partition("/")
        if not file_id:
            return Reply.body(page([file.told() for file in reversed(self.kept)], request.query))
        file = self.find(file_id)
        if file is None:
            return refuse(404, f"No such File object: {file_id}")
        if part == "content":
            wire = "whole" if next(self._cuts, None) is None else "cut"
            return Reply(raw=file.content, content_type="application/octet-stream", wire=wire)
        return Reply.body(file.told())

    def _upload(self, request: FakeRequest) -> Reply:
        fields = multipart(request.headers.get("content-type", ""), request.raw)
        request.raw = b""  # kept as a file, once
        filename, content = fields.get("file", ("", b""))
        purpose = fields.get("purpose", ("", b""))[1].decode()
        if not filename or not purpose:
            return refuse(400, "'file' and 'purpose' are required", param="file")
        if purpose == "batch" and not filename.endswith(".jsonl"):
            return refuse(400, "Invalid file format for Batch API. Must be .jsonl", param="file")
        if len(content) > MOST_BYTES:
            return refuse(400, "File is too large.", param="file")
        return Reply.body(self.add(filename, purpose, content).told())


def multipart(content_type: str, raw: bytes) -> Mapping[str, tuple[str, bytes]]:
    """The fields of a form: file name (empty for a plain field) and value by name.

    Args:
        content_type: The header, with the boundary.
        raw: The body.
    """
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    fields: dict[str, tuple[str, bytes]] = {}
    for part in raw.split(b"--" + boundary)[1:-1] if boundary else ():
        head, _, value = part.partition(b"\r\n\r\n")
        name, filename = _NAME.search(head), _FILENAME.search(head)
        if name:
            named = filename[1].decode() if filename else ""
            fields[name[1].decode()] = (named, value.removesuffix(b"\r\n"))
    return fields


def page(objects: Sequence[JsonObject], query: Mapping[str, str]) -> JsonObject:
    """One page of a list, as OpenAI cuts it.

    Args:
        objects: All objects, in the order of the list.
        query: `after`, an id, and `limit`, 20 unless given.
    """
    ids = [shown["id"] for shown in objects]
    start = ids.index(query["after"]) + 1 if query.get("after") in ids else 0
    end = start + int(query.get("limit", "20"))
    cut = ids[start:end]
    return {
        "object": "list",
        "data": list(objects[start:end]),
        "first_id": cut[0] if cut else None,
        "last_id": cut[-1] if cut else None,
        "has_more": end < len(objects),
    }
