"""Feeds as a reader's program takes them."""

from typing import Any, cast

import feedparser  # pyright: ignore[reportMissingTypeStubs]


def parsed(content: bytes) -> Any:
    """A feed, about which its reader has nothing to complain.

    Args:
        content: Its bytes.
    """
    found = cast("Any", feedparser.parse(content))  # pyright: ignore[reportUnknownMemberType]
    assert not found.bozo, found.get("bozo_exception")
    return found
