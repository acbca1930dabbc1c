"""The queue's address and what it asks: read strictly, written in one spelling, told in words."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.datastructures import QueryParams
from starlette.requests import Request

from panel.desk.cookies import last_queue
from panel.domain.editing.queue import QueueQuery, Sort
from panel.domain.editing.states import STATES, State
from panel.domain.run import is_run_id
from panel.domain.scorecard import Outcome
from panel.domain.value import Value, unprintable
from panel.errors import InputError, Problem

_MANY = ("state", "outcome")
_USUAL = QueueQuery()

STATE_WORDS: Mapping[State, str] = {
    "draft": "draft",
    "in_review": "in review",
    "approved": "approved",
    "published": "published",
    "retracted": "retracted",
}
OUTCOME_WORDS: Mapping[Outcome, str] = {
    "ship": "ship",
    "skip": "skip",
    "split": "split",
    "no_quorum": "no quorum",
}
ONLY_WORDS: Mapping[str, str] = {
    "split": "split panels",
    "blocking": "blocking flags",
    "conflicts": "open conflicts",
    "stale": "stale facts",
    "look": "needs another look",
}
"""What only some drafts have, in words."""

SORT_WORDS: Mapping[Sort, str] = {
    "-changed": "last changed first",
    "changed": "longest untouched first",
    "name": "name, A to Z",
    "-name": "name, Z to A",
    "-age": "oldest facts first",
    "age": "newest facts first",
    "blocking": "most blocking flags first",
    "state": "state",
    "split": "closest panels first",
}


class Chip(Value):
    """One condition that can be taken away.

    Attributes:
        words: The condition in words.
        href: The queue without it.
    """

    words: str
    href: str


def asked(params: QueryParams) -> QueueQuery:
    """What an address asks; fields left empty in its form ask nothing.

    Args:
        params: The parameters of the address.

    Raises:
        InputError: It asks what cannot be asked.
    """
    given: dict[str, Any] = {}
    for name in dict.fromkeys(params.keys()):
        values = [value.strip() for value in params.getlist(name) if value.strip()]
        if values:
            given[name] = tuple(dict.fromkeys(values)) if name in _MANY else values[-1]
    try:
        query = QueueQuery.model_validate(given)
    except ValidationError as error:
        raise InputError(
            Problem(one["msg"], "start from the queue", key=str(one["loc"][0]))
            for one in error.errors()
        ) from None
    return checked(query)


def checked(query: QueueQuery) -> QueueQuery:
    """A question as it is, unless no database can be asked it.

    Args:
        query: The question.

    Raises:
        InputError: It names no run, or has characters nobody can see.
    """
    problems = [
        Problem("has an invisible character", "delete it", key=name)
        for name in ("q", "assignee")
        if unprintable(getattr(query, name), newlines=False)
    ]
    if query.run and not is_run_id(query.run):
        problems.append(Problem("is no name of a run", "copy it from the list of runs", key="run"))
    if problems:
        raise InputError(problems)
    return query


def last_asked(request: Request) -> QueueQuery:
    """What a browser was last shown of the queue; the usual question when that cannot be told.

    Args:
        request: The request.
    """
    try:
        return asked(QueryParams(last_queue(request)))
    except InputError:
        return _USUAL


def address(query: QueueQuery, **changes: Any) -> str:
    """Address of the queue for a question, in one spelling.

    Args:
        query: The question.
        changes: Fields that differ; back on page 1 unless the page is one of them.
    """
    words = spelled(query.model_copy(update={"page": 1, **changes}))
    return f"/queue?{words}" if words else "/queue"


def spelled(query: QueueQuery) -> str:
    """A question as the query string of an address; empty for the usual one.

    Args:
        query: The question.
    """
    pairs: list[tuple[str, str]] = []
    for name in QueueQuery.model_fields:
        value = getattr(query, name)
        if value == getattr(_USUAL, name):
            continue
        if name in _MANY:
            pairs += [(name, one) for one in value]
        else:
            pairs.append((name, "1" if value is True else str(value)))
    return urlencode(pairs)


def chips(query: QueueQuery, names: Mapping[str, str]) -> tuple[Chip, ...]:
    """The conditions of a question, each with the queue without it.

    Args:
        query: The question.
        names: Names of people by login.
    """
    return tuple(_chips(query, names))


def _chips(query: QueueQuery, names: Mapping[str, str]) -> Iterable[Chip]:
    if query.q:
        yield Chip(words=f"“{query.q}”", href=address(query, q=""))
    for state in query.state:
        left = tuple(one for one in query.state if one != state)
        yield Chip(words=STATE_WORDS[state], href=address(query, state=left))
    for outcome in query.outcome:
        left = tuple(one for one in query.outcome if one != outcome)
        yield Chip(words=OUTCOME_WORDS[outcome], href=address(query, outcome=left))
    for name, words in ONLY_WORDS.items():
        if getattr(query, name):
            yield Chip(words=words, href=address(query, **{name: False}))
    if query.assignee:
        known = {"none": "assigned to nobody", "me": "assigned to me"}
        whose = known.get(query.assignee)
        whose = whose or f"assigned to {names.get(query.assignee, query.assignee)}"
        yield Chip(words=whose, href=address(query, assignee=""))
    if query.run:
        yield Chip(words=f"run {query.run}", href=address(query, run=""))
    if query.older:
        words = f"untouched for {query.older} days"
        yield Chip(words=words, href=address(query, older=0))


class Tab(Value):
    """A state with how many drafts are in it.

    Attributes:
        words: The state in words.
        count: Drafts in it that match everything else.
        href: The queue with drafts in it alone.
        is_open: Whether it shows just those.
    """

    words: str
    count: int
    href: str
    is_open: bool


def tabs(query: QueueQuery, counts: Mapping[str, int]) -> tuple[Tab, ...]:
    """All states with their counts, `all` first.

    Args:
        query: The question.
        counts: Drafts by state that match everything but the state.
    """
    total = sum(counts.values())
    whole = Tab(words="all", count=total, href=address(query, state=()), is_open=not query.state)
    found = [
        Tab(
            words=STATE_WORDS[state],
            count=counts[state],
            href=address(query, state=(state,)),
            is_open=query.state == (state,),
        )
        for state in STATES
    ]
    return (whole, *found)
