"""How long lists become pages of a hundred, and how a category or a vendor gets an address."""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from panel.domain.value import digest_of, slugify
from panel.publishing.site import paths

PER_PAGE = 100
"""Rows of a list on one page."""

_AROUND = 2
Item = TypeVar("Item")


class PageLink(BaseModel):
    """A link to a page of a list.

    Attributes:
        label: What stands on it.
        path: Where it leads, below the root.
        current: Whether it leads to the page it stands on.
    """

    model_config = ConfigDict(frozen=True)

    label: str
    path: str
    current: bool


class Part(BaseModel, Generic[Item]):
    """A page of a list.

    Attributes:
        path: Where it lies below the root.
        number: Its number, counted from 1.
        begins: Place of its first item in the list, counted from 1.
        total: Items of the whole list.
        items: Its items.
        links: Links to the first and the last page and those around it.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    path: str
    number: int
    begins: int
    total: int
    items: tuple[Item, ...]
    links: tuple[PageLink, ...]


def listing_name(label: str) -> str:
    """A category or a vendor as an address names it.

    Args:
        label: What pages call it; labels that differ in spelling only share an address.
    """
    return slugify(label) or digest_of("listing", label)[:12]


def parts(items: Sequence[Item], path: str, size: int = PER_PAGE) -> Iterator[Part[Item]]:
    """A list as pages; an empty list is one page.

    Args:
        items: The list.
        path: Address of the list, which is that of its first page.
        size: Items on one page.
    """
    count = max(1, -(-len(items) // size))
    for number in range(1, count + 1):
        begin = (number - 1) * size
        yield Part(
            path=paths.numbered(path, number),
            number=number,
            begins=begin + 1,
            total=len(items),
            items=tuple(items[begin : begin + size]),
            links=tuple(_links(path, number, count)),
        )


def _links(path: str, number: int, count: int) -> Iterator[PageLink]:
    near = range(number - _AROUND, number + _AROUND + 1)
    for one in sorted({1, count, *near} & set(range(1, count + 1))):
        where = paths.numbered(path, one)
        yield PageLink(label=str(one), path=where, current=one == number)
