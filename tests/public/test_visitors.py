import pytest
from starlette.requests import Request
from starlette.responses import Response

from panel.public.visitors import (
    address_of,
    keep_visitor,
    known_visitor,
    network_digest,
    network_of,
    new_visitor,
    visitor_digest,
)

SECRET = b"s" * 32


def request(address: str = "192.0.2.7", agent: str = "Firefox", cookie: str = "") -> Request:
    """A request from somewhere."""
    headers = [(b"user-agent", agent.encode()), (b"cookie", cookie.encode())]
    return Request({"type": "http", "headers": headers, "client": (address, 1234)})


def cookie_of(name: str, *, is_https: bool = False) -> str:
    """What a browser sends back."""
    response = Response()
    keep_visitor(response, name, SECRET, is_https=is_https)
    return response.headers["set-cookie"].partition(";")[0]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_address_belongs_to_a_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_networks_are_named_anew_each_day() -> None:
    today = network_digest("192.0.2.7", "salt")
    assert today == network_digest("192.0.2.200", "salt")
    assert today != network_digest("192.0.3.7", "salt")
    assert today != network_digest("192.0.2.7", "another salt")
    assert "192" not in visitor_digest("192.0.2.7")[:3]


def test_whoever_brings_no_cookie_is_one_visitor_all_day() -> None:
    name = new_visitor(request(), SECRET, "salt")
    assert name == new_visitor(request(), SECRET, "salt")
    assert name != new_visitor(request(agent="Safari"), SECRET, "salt")
    assert name != new_visitor(request("192.0.2.8"), SECRET, "salt")
    assert name != new_visitor(request(), SECRET, "the next day's")
    assert name != new_visitor(request(), b"another", "salt")
    home = [new_visitor(request(f"2001:db8:1:2::{end}"), SECRET, "salt") for end in (1, 2)]
    assert home[0] == home[1]


def test_a_cookie_names_its_visitor() -> None:
    for is_https in (False, True):
        cookie = cookie_of("ana", is_https=is_https)
        assert known_visitor(request(cookie=cookie), SECRET) == "ana"
        assert known_visitor(request(cookie=cookie), b"another") == ""
        assert known_visitor(request(cookie=cookie.replace("ana", "bo")), SECRET) == ""


@pytest.mark.parametrize("value", ["", "ana", ".", "ana.", ".x", "ana.\u00e4", "a.b.c"])
def test_a_cookie_that_is_not_ours_names_nobody(value: str) -> None:
    assert known_visitor(request(cookie=f"shipskip-visitor={value}"), SECRET) == ""


def test_a_client_without_an_address_has_none() -> None:
    assert address_of(Request({"type": "http", "headers": [], "client": None})) == ""
