"""A digest in words: one wording for its page, its plain text and its mail."""

import textwrap
from collections.abc import Iterator, Sequence

from panel.domain.publication.entry import EntryRelease
from panel.domain.publication.weekly import Gone, Item, Weekly, day_of
from panel.domain.scorecard import Outcome
from panel.domain.value import Value
from panel.publishing.site import paths
from panel.publishing.words import counted, day, listed, one_line, percent

NOTICE = (
    "Quotes and headlines are AI personas', edited by a named human; each page names them and leads"
    " to the sources."
)

_WORDS: dict[Outcome, str] = {
    "ship": "Ship",
    "skip": "Skip",
    "split": "Split",
    "no_quorum": "No quorum",
}
_WIDTH = 72


class Line(Value):
    """One model in a digest, in words.

    Attributes:
        name: Its name.
        vendor: Who makes it.
        path: Its page below the root.
        outcome: The outcome it has now; None when it was retracted.
        word: The same as a word.
        result: Seats that ship, with the interval; or that too few answered.
        tagline: One line about it.
        moved: What it was before, or that it was retracted since; else empty.
        day: The day of it, in words.
        note: What readers are told about it; empty otherwise.
        dissent: Who disagrees, with their headline.
        by: Whose words those are.
    """

    name: str
    vendor: str
    path: str
    outcome: Outcome | None
    word: str
    result: str
    tagline: str
    moved: str
    day: str
    note: str
    dissent: tuple[tuple[str, str], ...]
    by: str = ""


class Section(Value):
    """Models of which a digest tells the same.

    Attributes:
        id: Name of the section in addresses.
        title: Its heading.
        lines: The models.
    """

    id: str
    title: str
    lines: tuple[Line, ...]


class DigestView(Value):
    """A digest in words.

    Attributes:
        name: Its name in addresses.
        title: What it is called.
        when: Its days in words.
        summary: What happened, in one sentence.
        sections: What happened; only sections with anything in them.
    """

    name: str
    title: str
    when: str
    summary: str
    sections: tuple[Section, ...]


def digest_view(weekly: Weekly) -> DigestView:
    """A digest in words.

    Args:
        weekly: What happened.
    """
    by_slug = {item.slug: item for item in (*weekly.new, *weekly.changed)}
    steady = [item for item in weekly.changed if not item.is_flip]
    parts: Sequence[tuple[str, str, Sequence[Item]]] = (
        ("new", "New verdicts", weekly.new),
        ("flips", "Changed their verdict", weekly.flips),
        ("changed", "Changed their count", steady),
        ("close", "Closest calls", [by_slug[slug] for slug in weekly.close]),
        ("again", "Looked at again, same result", weekly.again),
        ("corrected", "Corrections", weekly.corrected),
    )
    sections = [
        Section(id=name, title=title, lines=tuple(map(_brief if name == "close" else _line, items)))
        for name, title, items in parts
        if items
    ]
    if weekly.gone:
        gone = tuple(map(_gone, weekly.gone))
        sections.append(Section(id="retracted", title="Retracted", lines=gone))
    return DigestView(
        name=weekly.name,
        title=_title(weekly),
        when=f"{day(weekly.since)} to {day(weekly.until)}",
        summary=_summary(weekly),
        sections=tuple(sections),
    )


def digest_text(view: DigestView, url: str, closing: Sequence[str] = ()) -> str:
    """A digest as plain text in lines of a readable width.

    Args:
        view: The digest.
        url: Address of the site, ending in a slash.
        closing: Paragraphs to end with.
    """
    lines = [view.title, view.when, "", *textwrap.wrap(view.summary, _WIDTH)]
    for section in view.sections:
        lines += ["", "", section.title, "-" * len(section.title)]
        for line in section.lines:
            lines += ["", *_text(line, url)]
    lines += ["", "", *textwrap.wrap(NOTICE, _WIDTH)]
    for paragraph in closing:
        # An address must stay whole, or no reader can follow it.
        lines += [
            "",
            *textwrap.wrap(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False),
        ]
    return "\n".join(lines) + "\n"


def _text(line: Line, url: str) -> Iterator[str]:
    head = f"{line.name} ({line.vendor}): {line.word.upper()}"
    yield from textwrap.wrap(head, _WIDTH)
    told = [line.result, line.moved, line.tagline]
    told += [f'{who} disagrees: "{says}" ({line.by})' for who, says in line.dissent]
    told += [f"{line.day}: {line.note}" if line.note else ""]
    for text in filter(None, told):
        yield from textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield f"  {url}{line.path}"


def _line(item: Item) -> Line:
    release = item.release
    return Line(
        name=one_line(item.name),
        vendor=one_line(item.vendor),
        path=paths.model_path(item.slug),
        outcome=release.outcome,
        word=_WORDS[release.outcome],
        result=result_words(release),
        tagline="" if item.retracted else one_line(item.tagline),
        moved=f"Retracted since, on {day(item.retracted)}." if item.retracted else _moved(item),
        day=day(day_of(release.at)),
        note=one_line(release.note),
        dissent=tuple((one_line(who), one_line(says)) for who, says in item.dissent),
        by=_by(item.editors) if item.dissent else "",
    )


def _brief(item: Item) -> Line:
    """A model that the digest has told of already."""
    return _line(item).model_copy(update={"tagline": "", "moved": "", "dissent": (), "by": ""})


def _gone(gone: Gone) -> Line:
    return Line(
        name=one_line(gone.name),
        vendor=one_line(gone.vendor),
        path=paths.model_path(gone.slug),
        outcome=None,
        word="Retracted",
        result="",
        tagline="",
        moved="",
        day=day(day_of(gone.at)),
        note=one_line(gone.note),
        dissent=(),
    )


def _by(editors: Sequence[str]) -> str:
    named = listed([one_line(name) for name in editors])
    return f"an AI persona's words, edited by {named}" if named else "an AI persona's words"


def result_words(release: EntryRelease) -> str:
    """A result with its count and interval, e.g. for a line of a list.

    Args:
        release: The release.
    """
    answered = f"{release.answered} of {counted(release.seats, 'seat')} answered"
    if release.rate is None or release.low is None or release.high is None:
        return f"{answered}: too few for a result"
    count = f"{release.ships} of {counted(release.seats, 'seat')} ship"
    interval = f"95 % interval {percent(release.low)} to {percent(release.high)}, n = {release.n}"
    some = "" if release.answered == release.seats else f"; {answered}"
    return f"{count} ({interval}){some}"


def _moved(item: Item) -> str:
    before, now = item.before, item.release
    if before is None:
        return ""
    same = (before.outcome, before.ships, before.seats) == (now.outcome, now.ships, now.seats)
    if same:
        return ""
    was = f"{_WORDS[before.outcome]}, {before.ships} of {counted(before.seats, 'seat')}"
    return f"Before, since {day(day_of(before.at))}: {was}."


def _title(weekly: Weekly) -> str:
    if "-w" in weekly.name:
        year, _, week = weekly.name.partition("-w")
        return f"Week {int(week)} of {year}"
    return f"{day(weekly.since)} to {day(weekly.until)}"


def _summary(weekly: Weekly) -> str:
    counts = (
        (len(weekly.new), "new verdict"),
        (len(weekly.changed), "changed verdict"),
        (len(weekly.again), "second look"),
        (len(weekly.corrected), "correction"),
        (len(weekly.gone), "retraction"),
    )
    told = [counted(count, noun) for count, noun in counts if count]
    return f"{listed(told)}." if told else "Nothing was published."
