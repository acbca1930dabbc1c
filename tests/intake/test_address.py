import asyncio
from collections.abc import Sequence

import pytest

from panel.domain.intake.reading import Trouble
from panel.intake.address import Guard, Pinned, Resolver, look_up

PUBLIC = "93.184.216.34"


def names(*addresses: str) -> Resolver:
    """A name server that knows one answer."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


def pin(url: str, *addresses: str, allow: Sequence[str] = ()) -> Pinned | Trouble:
    return asyncio.run(Guard(allow, names(*addresses)).pin(url))


def kind_of(found: Pinned | Trouble) -> str:
    return found.kind if isinstance(found, Trouble) else "pinned"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_a_name_that_leads_to_no_public_address_is_refused(address: str) -> None:
    found = pin("https://example.org/a", address)
    assert isinstance(found, Trouble)
    assert found.kind == "refused-address"
    assert address.split(":", maxsplit=1)[0] in found.message


def test_one_private_address_among_public_ones_is_enough() -> None:
    assert kind_of(pin("https://example.org/", PUBLIC, "127.0.0.1")) == "refused-address"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hosts",
        "ftp://example.org/",
        "javascript:alert(1)",
        "//example.org/",
        "https://",
        "https://editor:secret@example.org/",
        "https://editor@example.org/",
        "https://exa mple.org/",
        "https://example.org/\x00",
        "https://example.org/\r\nHost: b",
        "https://example.org:99999/",
        "https://" + "a" * 3000,
    ],
)
def test_what_is_no_plain_web_address_is_refused_unasked(url: str) -> None:
    found = pin(url, PUBLIC)
    assert isinstance(found, Trouble)
    assert found.kind == "bad-address"
    assert "secret" not in str(found)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "localhost", "0"])
def test_this_machine_is_known_by_any_name(host: str) -> None:
    assert kind_of(asyncio.run(Guard().pin(f"http://{host}:5432/"))) == "refused-address"


def test_a_public_name_is_pinned_to_what_was_checked() -> None:
    found = pin("https://example.org/a?b", PUBLIC)
    assert isinstance(found, Pinned)
    assert found.addresses == (PUBLIC,)
    assert not found.allowed


def test_an_editor_may_allow_a_host_and_only_that() -> None:
    assert kind_of(pin("http://wiki.local/", "10.0.0.5", allow=["wiki.local"])) == "pinned"
    assert kind_of(pin("http://wiki.local:81/", "10.0.0.5", allow=["wiki.local:81"])) == "pinned"
    assert kind_of(pin("http://wiki.local:82/", "10.0.0.5", allow=["wiki.local:81"])) != "pinned"
    assert kind_of(pin("http://other.local/", "10.0.0.5", allow=["wiki.local"])) != "pinned"


def test_not_even_an_editor_may_allow_where_clouds_keep_their_keys() -> None:
    address = "169.254.169.254"
    found = pin(f"http://{address}/", address, allow=[address])
    assert isinstance(found, Trouble)
    assert "--allow-host" not in found.remedy


def test_a_public_page_may_not_lead_to_what_an_editor_allowed() -> None:
    async def hop() -> Pinned | Trouble:
        first = await Guard((), names(PUBLIC)).pin("https://example.org/")
        assert isinstance(first, Pinned)
        return await Guard(["wiki.local"], names("10.0.0.5")).pin("http://wiki.local/", first)

    assert kind_of(asyncio.run(hop())) == "refused-address"


def test_an_unknown_name_is_told() -> None:
    async def nowhere(host: str, port: int) -> Sequence[str]:
        raise OSError(-2, "Name or service not known")

    found = asyncio.run(Guard((), nowhere).pin("https://no.example/"))
    assert isinstance(found, Trouble)
    assert found.message == "the host no.example is not known: Name or service not known"


def test_the_system_knows_this_machine() -> None:
    assert "127.0.0.1" in asyncio.run(look_up("127.0.0.1", 80))
