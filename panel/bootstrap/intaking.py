"""Builds a dossier from articles, or adds to one: read, extract, merge, set against, write."""

import dataclasses
import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from panel.bootstrap.extracting import Extracting, Forecast, extracting
from panel.bootstrap.filing import Draft, Outcome
from panel.bootstrap.house import House
from panel.domain.dossier import Dossier
from panel.domain.intake.additions import PLACEHOLDER, Additions, usable
from panel.domain.intake.proposal import Proposal
from panel.domain.intake.subject import Subject
from panel.errors import InputError, Problem
from panel.intake.address import Guard
from panel.intake.fetch import Fetcher
from panel.intake.keeping import Keeping
from panel.intake.sources import Sources
from panel.library.dossier_edits import create, rewrite, with_additions
from panel.library.dossiers import Dossiers
from panel.library.workspace import Workspace

FOLDER = "sources"
"""Folder of the workspace that keeps the bytes of every source."""

_MOST_RIVALS = 40


@dataclass(frozen=True)
class Wanted:
    """What is to be built.

    Attributes:
        slug: The dossier's slug, or the model's name.
        addresses: The sources; none takes facts from those that are filed already.
        today: The day the dossier describes, which counts as the day of reading.
        name: The model's public name, for a new dossier.
        vendor: Who makes it, for a new dossier.
        allow_hosts: Hosts that may be read though they are not public.
    """

    slug: str
    addresses: tuple[str, ...]
    today: dt.date
    name: str | None = None
    vendor: str | None = None
    allow_hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Talk:
    """Whom a build tells how far it is.

    Attributes:
        read: Called when a source was read.
        forecast: Called before the llm is asked for the first time.
        piece: Called before each piece is asked about: address, pieces done, pieces in all.
        extracted: Called when a source was asked about to its end.
        note: Called with anything else an editor should know.
    """

    read: Callable[[Outcome], None] = lambda _: None
    forecast: Callable[[Forecast], None] = lambda _: None
    piece: Callable[[str, int, int], None] = lambda _address, _done, _in_all: None
    extracted: Callable[[Outcome], None] = lambda _: None
    note: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Built:
    """What a build came to.

    Attributes:
        path: The dossier file; it may be missing when every source was refused.
        dossier: What it says now.
        additions: What this build added; empty when nothing was written.
        outcomes: The sources, in the order in which they were named.
        asked: Whether an llm was asked for facts.
        spent: What it cost in USD; None when nobody knows.
        warnings: What the checks find.
        is_new: Whether the file did not exist.
    """

    path: Path
    dossier: Dossier
    additions: Additions
    outcomes: tuple[Outcome, ...]
    asked: bool
    spent: Decimal | None
    warnings: tuple[Problem, ...]
    is_new: bool


async def build(house: House, wanted: Wanted, talk: Talk | None = None) -> Built:
    """Build a dossier, or add to one; without new sources or facts no byte is written.

    Args:
        house: Workspace and settings; their llm extracts, and without one nobody does.
        wanted: What is to be built.
        talk: Whom to tell.

    Raises:
        InputError: The dossier or a file among the sources cannot be read.
        SpendingError: The llm would cost more than the cap.
        EndpointError: No call to the llm can succeed.
        StaleError: The file was changed meanwhile.
    """
    talk = talk or Talk()
    draft = _draft(house, wanted)
    keeping = Keeping(house.workspace.root / FOLDER)
    await _read(keeping, wanted, draft, talk)
    draft.number()
    waiting = draft.waiting(keeping)
    async with extracting(house, _subject(house, draft.dossier), keeping) as llm:
        if llm and waiting:
            await _extract(llm, waiting, talk)
        additions = draft.additions(keeping)
        if llm and additions.facts:
            proposals = await _proposals(llm, draft, additions, talk)
            additions = draft.additions(keeping, proposals)
    dossier = _written(draft, additions) if additions else draft.dossier
    there = draft.path.is_file()
    return Built(
        path=draft.path,
        dossier=dossier,
        additions=additions,
        outcomes=tuple(draft.outcomes),
        asked=llm is not None,
        spent=llm.spent if llm else Decimal(0),
        warnings=house.dossiers.check(str(draft.path))[1] if there else (),
        is_new=draft.seen is None,
    )


def _draft(house: House, wanted: Wanted) -> Draft:
    """The dossier as it stands, or the template of a new one, which is not written yet."""
    slug = wanted.slug
    if not slug.endswith(".md") and slug not in house.dossiers:
        dossier, text = _template(wanted)
        slug = dossier.slug
        if slug not in house.dossiers:
            if not wanted.addresses:
                message = f"there is no dossier {slug} yet"
                raise InputError(message, remedy="name the sources to build it from")
            path = house.workspace.dossiers / f"{slug}.md"
            return Draft(path, dossier, text, None, wanted.vendor or "")
    path = house.dossiers.path(slug)
    seen = path.read_bytes()
    return Draft(path, house.dossiers.load(slug), seen.decode("utf-8"), seen, wanted.vendor or "")


def _template(wanted: Wanted) -> tuple[Dossier, str]:
    """The template that `dossier new` writes, filled in for this model, and what it says."""
    with tempfile.TemporaryDirectory() as folder:
        blank = Dossiers(Workspace(Path(folder)))
        try:
            path = blank.new(wanted.slug, name=wanted.name, today=wanted.today)
        except InputError as error:
            nowhere = [dataclasses.replace(one, path="", line=0) for one in error.problems]
            raise InputError(nowhere) from None
        return blank.load(path.stem), path.read_text(encoding="utf-8")


def _subject(house: House, dossier: Dossier) -> Subject:
    """The model, and the other models that must not be taken for it."""
    slugs = [slug for slug in house.dossiers.slugs() if slug != dossier.slug]
    others = tuple(slug.replace("-", " ") for slug in slugs[:_MOST_RIVALS])
    vendor = dossier.name if PLACEHOLDER.search(dossier.vendor) else dossier.vendor
    return Subject(name=dossier.name, vendor=vendor, rivals=(*dossier.rivals, *others))


async def _read(keeping: Keeping, wanted: Wanted, draft: Draft, talk: Talk) -> None:
    """Read every source; a bad one is told and left out, the others go on."""
    reader = Sources(Fetcher(Guard(wanted.allow_hosts)), keeping, today=wanted.today)
    found: dict[int, Outcome] = {}
    async for at, reading in reader.read_all(wanted.addresses):
        outcome = Outcome(reading.address, reading)
        if reading.trouble:
            trouble = reading.trouble
            outcome.why = f"{trouble.kind}: {trouble.message} -> {trouble.remedy}"
        elif reading.sha256 is None or not reading.text.strip():
            outcome.why = "empty: nothing could be read -> name another copy of it"
        outcome.state = "refused" if outcome.why else "new"
        found[at] = outcome
        talk.read(outcome)
    draft.outcomes = [found[at] for at in sorted(found)]


async def _extract(llm: Extracting, waiting: Sequence[Outcome], talk: Talk) -> None:
    """Have the llm list facts source by source; one it could not finish is not filed."""
    talk.forecast(llm.forecast([outcome.reading for outcome in waiting]))
    for outcome in waiting:

        def told(done: int, in_all: int, address: str = outcome.address) -> None:
            talk.piece(address, done, in_all)

        found = await llm.extract(outcome.reading, outcome.id, told)
        outcome.extracted = found
        if found.fault:
            outcome.state, outcome.why = "refused", found.fault
        outcome.candidates = (*outcome.candidates, *found.candidates)
        talk.extracted(outcome)


async def _proposals(
    llm: Extracting, draft: Draft, additions: Additions, talk: Talk
) -> tuple[Proposal, ...]:
    """Contradictions that take two facts together to see; code verifies each of them."""
    facts = (*usable(draft.dossier), *additions.facts)
    last = draft.outcomes[-1].reading.sha256 or ""
    found = await llm.propose(draft.dossier.name, facts, last)
    if found.fault:
        talk.note(found.fault)
    return found.proposals


def _written(draft: Draft, additions: Additions) -> Dossier:
    """Write what is added, and hand back what the file says now."""
    expected = draft.after(additions)

    def change(text: str) -> str:
        return with_additions(text, draft.dossier, additions)

    if draft.seen is None:
        create(draft.path, change(draft.text), expected)
    else:
        rewrite(draft.path, change, expected, draft.seen)
    return expected
