"""Files as readers ask for them: of one build, known when unchanged, and none from elsewhere."""

import gzip
import os
import shutil
import threading
from pathlib import Path

import pytest

from panel.public.files import AGAIN, FOREVER, Files, takes_gzip
from tests.public.living import SLUG, LiveSite, make_site, model_page


def test_pages_are_asked_about_again_and_assets_never(live: LiveSite) -> None:
    reader = live.reader()
    page = reader.get(f"/models/{SLUG}/")
    assert (page.content, page.headers["content-type"]) == (
        model_page(),
        "text/html; charset=utf-8",
    )
    assert page.headers["cache-control"] == AGAIN
    asset = reader.get("/assets/site.0123456789.css")
    assert asset.headers["cache-control"] == FOREVER
    assert reader.get("/feeds/atom.xml").headers["content-type"] == "application/atom+xml"


def test_whoever_has_it_gets_it_not_again(live: LiveSite) -> None:
    reader = live.reader()
    page = reader.get("/")
    tag = page.headers["etag"]
    for given in (tag, f'"x", W/{tag}', "*"):
        again = reader.get("/", headers={"if-none-match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert reader.get("/", headers={"if-none-match": '"x"'}).status_code == 200
    make_site(live.out, **{"index.html": b"another front"})
    changed = reader.get("/", headers={"if-none-match": tag})
    assert (changed.status_code, changed.content) == (200, b"another front")


def test_files_are_compressed_for_whoever_asks(live: LiveSite) -> None:
    reader = live.reader(**{"accept-encoding": "identity"})
    plain = reader.get("/")
    with reader.stream("GET", "/", headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == (
        "gzip",
        "Accept-Encoding",
    )
    assert gzip.decompress(raw) == plain.content
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] != packed.headers["etag"]


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        *(("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("GZIP", True)),
        *(("", False), ("br", False), ("gzip;q=0", False), ("gzip; q=0.0", False)),
    ],
)
def test_only_those_who_take_gzip_get_it(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


def test_large_files_are_streamed(live: LiveSite) -> None:
    large = os.urandom(50) * 60_000
    make_site(live.out, **{"export__all.json": large})
    reader = live.reader()
    for encoding in ("gzip", "identity"):
        answer = reader.get("/export/all.json", headers={"accept-encoding": encoding})
        assert answer.content == large
        known = {"if-none-match": answer.headers["etag"], "accept-encoding": encoding}
        assert reader.get("/export/all.json", headers=known).status_code == 304


def test_only_the_head_is_given_to_whoever_asks_for_it(live: LiveSite) -> None:
    answer = live.reader().head("/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 20


def test_folders_are_completed(live: LiveSite) -> None:
    answer = live.reader().get(f"/models/{SLUG}?from=mail")
    assert (answer.status_code, answer.headers["location"]) == (308, f"./{SLUG}/?from=mail")
    assert live.reader().get("/models").status_code == 404


def test_an_old_address_leads_to_the_new_one(live: LiveSite) -> None:
    page = b'<head><meta http-equiv="refresh" content="0; url=../../models/a&amp;b/"></head>'
    make_site(live.out, **{"models__old__index.html": page})
    answer = live.reader().get("/models/old/")
    assert (answer.status_code, answer.headers["location"]) == (301, "../../models/a&b/")


@pytest.mark.parametrize(
    "path",
    [
        *("/../secret", "/..%2fsecret", "/%2e%2e/secret", "//evil.example/", "/models//x/"),
        *("/.out.builds/next/index.html", "/models/%5c..%5csecret", "/a%00b", "/link/secret"),
        *("/" + "a" * 5000, "/index.html/x", "/nothing", "/nothing/", "/%ff", "/models/./x/"),
    ],
)
def test_nothing_but_the_site_is_given(live: LiveSite, path: str) -> None:
    (live.out.parent / "secret").write_text("secret")
    (live.out / "link").symlink_to(live.out.parent.resolve())
    answer = live.reader().get(live.address + path)
    assert answer.status_code == 404
    assert b"nothing here" in answer.content
    assert answer.headers["cache-control"] == "no-store"


def test_every_answer_is_of_one_build_while_builds_come_and_go(tmp_path: Path) -> None:
    out = make_site(tmp_path / "out", **{"index.html": b"0" * 100_000})
    files, over = Files(out), threading.Event()
    torn: list[bytes] = []

    def read() -> None:
        while not over.is_set():
            content = files.read("index.html") or b""
            if len(content) != 100_000 or len(set(content)) != 1:
                torn.append(content[:10])

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(50):
        before = out.resolve()
        make_site(out, **{"index.html": str(number % 10).encode() * 100_000})
        shutil.rmtree(before)
    over.set()
    for reader in readers:
        reader.join()
    assert torn == []


def test_a_page_finds_the_style_of_the_build_that_is_seen(live: LiveSite) -> None:
    files = live.context.files
    assert files.assets({"site.css": "assets/site.ffffffffff.css", "site.js": "assets/x.js"}) == {
        "site.css": "assets/site.0123456789.css",
        "site.js": "assets/x.js",
    }
