"""Home and leaderboards: what is newest, what is closest, and every model in a stated order.

Made of entries alone. The order is by the lower end of the interval, since five ships of five seats
say less than ninety of a hundred; a bare percentage orders nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from panel.domain.publication.entry import Entry
from panel.domain.scorecard import Outcome
from panel.domain.value import digest_of
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.listing import PER_PAGE, Part, listing_name, parts
from panel.publishing.site.markup import site_markup
from panel.publishing.site.templating import render, templates_digest

NEWEST, CLOSEST, CORRECTED, GROUPS = 7, 5, 5, 12
"""Models on the home page: newest, closest, corrected last; groups that a leaderboard links to."""

CLOSE = 0.25
"""How far a ship rate may at most lie from one half to be a close split."""

OUTCOMES: Mapping[Outcome, str] = {
    "ship": "Ship",
    "split": "Split",
    "skip": "Skip",
    "no_quorum": "No quorum",
}
_RULE = (
    "Ordered by the lower end of the 95 % interval of the ship rate, then by seats that ship, then"
    " newest first. Models without a result come last."
)
_RULE_DATE = "Ordered by the day of the first publication, newest first."
_SUBJECTS = {"category": "categories", "vendor": "vendors"}


@dataclass(frozen=True)
class Group:
    """Models with a category, vendor or outcome in common.

    Attributes:
        kind: `category`, `vendor` or `outcome`.
        label: What they have in common.
        path: Where their leaderboard lies.
        entries: The models, best first.
    """

    kind: str
    label: str
    path: str
    entries: tuple[Entry, ...]


def ranked(entries: Iterable[Entry]) -> list[Entry]:
    """Models by the lower end of their interval, then ships, then newest first."""

    def place(entry: Entry) -> tuple[bool, float, int, float, str]:
        low = -1.0 if entry.low is None else entry.low
        newest = -entry.first.timestamp()
        return entry.low is None, -low, -entry.ships, newest, entry.slug

    return sorted(entries, key=place)


def newest(entries: Iterable[Entry]) -> list[Entry]:
    """Models by the day they were first published, newest first."""
    return sorted(entries, key=lambda entry: (-entry.first.timestamp(), entry.slug))


def closest(entries: Iterable[Entry]) -> list[Entry]:
    """Models with a close split, closest first, and newest first among equals."""
    divided = [entry for entry in newest(entries) if _divided(entry)]
    return sorted(divided, key=lambda entry: abs((entry.rate or 0) - 0.5))


def _divided(entry: Entry) -> bool:
    return entry.rate is not None and abs(entry.rate - 0.5) < CLOSE


def list_pages(book: Book) -> Iterable[Page]:
    """The home page and all leaderboards.

    Args:
        book: Everything that is published.
    """
    board = ranked(book.entries.values())
    groups = {
        "category": _groups("category", board, lambda entry: entry.category),
        "vendor": _groups("vendor", board, lambda entry: entry.vendor),
        "outcome": _outcomes(board),
    }
    yield _home(book, board)
    links = {kind: _largest(found) for kind, found in groups.items()}
    yield from _board(book, "Leaderboard", _RULE, paths.LEADERBOARD, board, links=links)
    by_day = newest(board)
    yield from _board(
        book, "Verdicts by date", _RULE_DATE, paths.board_path("date"), by_day, links=links
    )
    for kind, found in groups.items():
        for group in found:
            title = f"{group.label}" if kind != "outcome" else f"Verdict: {group.label}"
            yield from _board(book, title, _RULE, group.path, group.entries, links=links)
    for kind, subject in _SUBJECTS.items():
        yield from _subjects(book, kind, subject, groups[kind])


def _groups(kind: str, board: Sequence[Entry], label: Callable[[Entry], str]) -> list[Group]:
    """Models by what they have in common, in order of its name."""
    found = defaultdict[str, list[Entry]](list)
    for entry in board:
        found[listing_name(label(entry))].append(entry)
    return [
        Group(
            kind, _usual(map(label, found[name])), paths.board_path(kind, name), tuple(found[name])
        )
        for name in sorted(found)
    ]


def _usual(labels: Iterable[str]) -> str:
    """The commonest of several spellings; of equally common ones the first by letters."""
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], label))


def _outcomes(board: Sequence[Entry]) -> list[Group]:
    return [
        Group(
            "outcome",
            word,
            paths.board_path("outcome", outcome.replace("_", "-")),
            tuple(entry for entry in board if entry.outcome == outcome),
        )
        for outcome, word in OUTCOMES.items()
    ]


def _largest(groups: Sequence[Group]) -> list[tuple[str, str, int]]:
    """The groups that every leaderboard links to: label, address and number of models."""
    if any(group.kind == "outcome" for group in groups):
        return [(group.label, group.path, len(group.entries)) for group in groups]
    top = sorted(groups, key=lambda group: (-len(group.entries), group.path))[:GROUPS]
    return [(group.label, group.path, len(group.entries)) for group in top]


Links = Mapping[str, Sequence[tuple[str, str, int]]]


def _board(
    book: Book, title: str, rule: str, path: str, entries: Sequence[Entry], *, links: Links
) -> Iterator[Page]:
    for part in parts(entries, path):
        key = _key(book, [title, rule, links, part.number, part.total], part.items)
        context = {"title": title, "rule": rule, "part": part, "links": links, "board": path}
        yield Page(paths.file_of(part.path), key, partial(_render, book, part, context))


def _render(book: Book, part: Part[Entry], context: Mapping[str, object]) -> bytes:
    return render("leaderboard.html.j2", book.site, part.path, context)


def _subjects(book: Book, kind: str, subject: str, groups: Sequence[Group]) -> Iterator[Page]:
    """Every category or vendor there is."""
    rows = [(group.label, group.path, len(group.entries)) for group in groups]
    for part in parts(rows, paths.board_path(kind), 4 * PER_PAGE):
        key = digest_of("page", [templates_digest(), book.site.digest, kind, part.model_dump()])
        context = {"part": part, "kind": kind, "subject": subject}
        where = part.path
        make = partial(render, "subjects.html.j2", book.site, where, context)
        yield Page(paths.file_of(where), key, make)


def _home(book: Book, board: Sequence[Entry]) -> Page:
    first = newest(board)[:NEWEST]
    told = [entry for entry in board if entry.corrections]
    corrected = sorted(told, key=lambda entry: (-entry.at.timestamp(), entry.slug))[:CORRECTED]
    close = closest(board)[:CLOSEST]
    context = {
        "newest": first,
        "closest": close,
        "corrected": corrected,
        "total": len(board),
        "image": paths.image_of(paths.HOME),
        "image_alt": f"{book.site.name}: sourced verdicts on AI models",
        "markup": site_markup(book.site),
    }
    shown = [*first, *close, *corrected]
    key = _key(book, ["home", len(board), [len(first), len(close)]], shown)
    make = partial(render, "index.html.j2", book.site, paths.HOME, context)
    return Page(paths.file_of(paths.HOME), key, make)


def _key(book: Book, about: object, entries: Iterable[Entry]) -> str:
    heads = [book.head(entry.slug) for entry in entries]
    return digest_of("page", [templates_digest(), book.site.digest, about, heads])
