import asyncio
import gzip
import resource
import zlib
from collections.abc import Sequence

import pytest

from panel.domain.intake.reading import Trouble
from panel.intake.address import Guard
from panel.intake.bounds import MAX_BYTES
from panel.intake.fetch import MAX_HOPS, Fetched, Fetcher, refusal
from tests.intake.website import Page, Website, html, moved


def fetch(site: Website, path: str, **options: float) -> Fetched | Trouble:
    guard = Guard([site.host])
    return asyncio.run(Fetcher(guard, seconds=options.get("seconds", 10.0)).fetch(site.url + path))


def trouble(site: Website, path: str, **options: float) -> Trouble:
    found = fetch(site, path, **options)
    assert isinstance(found, Trouble)
    return found


def test_a_page_arrives_with_what_its_server_says_of_it(site: Website) -> None:
    site.pages["/a?b=1"] = html("<p>Caf\u00e9", etag='"1"')
    found = fetch(site, "/a?b=1")
    assert isinstance(found, Fetched)
    assert (found.status, found.media, found.charset) == (200, "text/html", "utf-8")
    assert found.headers["etag"] == '"1"'
    assert found.body.decode() == "<p>Caf\u00e9"


def test_no_cookie_goes_out_and_the_host_is_named(site: Website) -> None:
    site.pages |= {"/": moved("/next"), "/next": html("there")}
    found = fetch(site, "/")
    assert isinstance(found, Fetched)
    assert found.url == f"{site.url}/next"
    for _, headers in site.asked:
        assert "cookie" not in headers
        assert headers["host"] == site.host


def test_redirects_are_followed_so_far_and_no_farther(site: Website) -> None:
    site.pages |= {f"/{at}": moved(f"/{at + 1}", 301) for at in range(50)}
    site.pages[f"/{MAX_HOPS}"] = html("end")
    assert isinstance(fetch(site, "/0"), Fetched)
    site.pages[f"/{MAX_HOPS}"] = moved("/0")
    site.asked.clear()
    assert trouble(site, "/0").kind == "redirects"
    assert len(site.asked) == MAX_HOPS + 1


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("http://127.0.0.1:9/admin", "refused-address"),
        ("http://169.254.169.254/latest/meta-data/", "refused-address"),
        ("file:///etc/hosts", "bad-address"),
        ("http://a:b@127.0.0.1/", "bad-address"),
        ("//[::1]/", "refused-address"),
    ],
)
def test_every_hop_is_checked_again(site: Website, location: str, kind: str) -> None:
    site.pages["/"] = moved(location)
    assert trouble(site, "/").kind == kind
    assert site.paths == ["/"]


def test_a_name_is_looked_up_once_and_the_checked_address_is_called(site: Website) -> None:
    answers = [["127.0.0.1"], ["192.0.2.7"]]

    async def resolve(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    site.pages["/"] = html("hello")
    port = site.host.partition(":")[2]
    guard = Guard(["rebind.invalid"], resolve)
    found = asyncio.run(Fetcher(guard).fetch(f"http://rebind.invalid:{port}/"))
    assert isinstance(found, Fetched)
    assert site.asked[0][1]["host"] == f"rebind.invalid:{port}"
    assert len(answers) == 1


def test_a_server_that_drips_is_left(site: Website) -> None:
    site.pages["/"] = Page(b"x", drip=0.05)
    assert trouble(site, "/", seconds=0.4).kind == "timeout"


@pytest.mark.parametrize("packing", ["identity", "gzip", "deflate"])
def test_pages_may_come_packed(site: Website, packing: str) -> None:
    body = b"<p>" + b"word " * 1000
    packed = {"identity": body, "gzip": gzip.compress(body), "deflate": zlib.compress(body)}
    site.pages["/"] = Page(packed[packing], headers={"content-encoding": packing})
    found = fetch(site, "/")
    assert isinstance(found, Fetched)
    assert found.body == body


def test_a_bomb_is_cut_before_it_fills_memory(site: Website) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(bomb.compress(bytes(1_000_000)) for _ in range(300)) + bomb.flush()
    site.pages["/"] = Page(packed, headers={"content-encoding": "gzip"})
    assert trouble(site, "/").kind == "too-big"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (Page(b"x" * (MAX_BYTES + 1)), "too-big"),
        (Page(b"no gzip", headers={"content-encoding": "gzip"}), "broken"),
        (
            Page(gzip.compress(b"a" * 999, mtime=0)[:-9], headers={"content-encoding": "gzip"}),
            "broken",
        ),
        (Page(b"?", headers={"content-encoding": "br"}), "not-text"),
        (Page(b"?", headers={"content-encoding": "gzip, gzip"}), "not-text"),
    ],
)
def test_what_cannot_be_taken_is_named(site: Website, page: Page, kind: str) -> None:
    site.pages["/"] = page
    assert trouble(site, "/").kind == kind


def test_a_server_that_is_away_is_named() -> None:
    with Website() as site:
        gone = site.host
    found = asyncio.run(Fetcher(Guard([gone])).fetch(f"http://{gone}/"))
    assert isinstance(found, Trouble)
    assert found.kind == "unreachable"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, None),
        (401, "login-wall"),
        (402, "paywall"),
        (403, "http-error"),
        (404, "not-found"),
        (410, "not-found"),
        (500, "http-error"),
        (304, "http-error"),
    ],
)
def test_a_status_is_named_for_what_it_is(status: int, kind: str | None) -> None:
    found = refusal(status)
    assert (found.kind if found else None) == kind
