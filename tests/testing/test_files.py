import json

import pytest

from panel.testing.files import Files, multipart, page
from panel.testing.request import FakeRequest

BOUNDARY = "b0und"


def form(filename: str = "in.jsonl", content: bytes = b"{}\n", purpose: str = "batch") -> bytes:
    plain = 'Content-Disposition: form-data; name="purpose"'
    named = f'Content-Disposition: form-data; name="file"; filename="{filename}"'
    head = f"--{BOUNDARY}\r\n{plain}\r\n\r\n{purpose}\r\n--{BOUNDARY}\r\n{named}\r\n\r\n"
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def upload(files: Files, raw: bytes, boundary: str = BOUNDARY) -> tuple[int, dict[str, object]]:
    headers = {"content-type": f"multipart/form-data; boundary={boundary}"}
    request = FakeRequest("POST", "/v1/files", headers=headers, raw=raw)
    reply = files.answer(request)
    return reply.http_status, json.loads(reply.raw or b"")


def get(files: Files, path: str) -> tuple[int, bytes]:
    reply = files.answer(FakeRequest("GET", path))
    return reply.http_status, reply.raw or b""


@pytest.mark.parametrize("content", [b"", b"a\r\nb\r\n", b"--\r\n\r\nx", "é\u2028".encode()])
def test_a_form_is_taken_apart_byte_by_byte(content: bytes) -> None:
    fields = multipart(f"multipart/form-data; boundary={BOUNDARY}", form(content=content))
    assert fields == {"purpose": ("", b"batch"), "file": ("in.jsonl", content)}


def test_a_file_is_kept_shown_and_given_back() -> None:
    files = Files()
    status, shown = upload(files, form())
    assert status == 200
    assert shown == {
        "id": "file-000001",
        "object": "file",
        "bytes": 3,
        "created_at": 1_770_000_000,
        "filename": "in.jsonl",
        "purpose": "batch",
        "status": "processed",
    }
    assert json.loads(get(files, "/v1/files/file-000001")[1]) == shown
    assert get(files, "/v1/files/file-000001/content") == (200, b"{}\n")
    assert json.loads(get(files, "/v1/files")[1])["data"] == [shown]
    assert [file.content for file in files.kept] == [b"{}\n"]


def test_a_file_that_is_not_there() -> None:
    assert get(Files(), "/v1/files/file-1")[0] == get(Files(), "/v1/files/file-1/content")[0] == 404


@pytest.mark.parametrize(
    ("raw", "boundary"),
    [
        (form(purpose=""), BOUNDARY),
        (form(filename="in.txt"), BOUNDARY),
        (form(), "another"),
        (form(), ""),
    ],
    ids=["purpose", "name", "boundary", "none"],
)
def test_an_upload_that_is_wrong_is_refused(raw: bytes, boundary: str) -> None:
    files = Files()
    assert upload(files, raw, boundary)[0] == 400
    assert files.kept == []


def test_a_list_comes_in_pages() -> None:
    objects = [{"id": f"x{number}"} for number in range(45)]
    first = page(objects, {})
    assert (len(first["data"]), first["last_id"], first["has_more"]) == (20, "x19", True)
    second = page(objects, {"after": "x19", "limit": "25"})
    assert (second["first_id"], second["last_id"], second["has_more"]) == ("x20", "x44", False)
    assert page(objects, {"after": "x44"})["data"] == []
