"""What a build adds to a dossier: ids for sources, merged facts, conflicts, a filled head."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from panel.domain.dossier import Dossier
from panel.domain.fact import Source
from panel.domain.intake.additions import PLACEHOLDER, Additions, added, disputed, usable
from panel.domain.intake.applying import applied
from panel.domain.intake.candidate import Candidate
from panel.domain.intake.identity import blanks
from panel.domain.intake.merging import copies
from panel.domain.intake.proposal import Proposal
from panel.domain.intake.reading import Reading, line_of
from panel.domain.intake.stated import is_about, stated
from panel.errors import InputError
from panel.intake.extract import Extracted
from panel.intake.keeping import Keeping
from panel.library.dossier_edits import used_ids

_URL = re.compile(r"https?://[^\s@]{1,490}")

State = Literal["new", "known", "refused"]
"""Filed now; the same bytes are filed already; no evidence."""


@dataclass
class Outcome:
    """What came of one source.

    Attributes:
        address: As it was named.
        reading: What was read.
        id: Its id in the dossier; empty when it is not in it.
        state: What became of it.
        why: Why it was refused, and what to do.
        candidates: Facts taken from it.
        extracted: What the llm said of it; None when none was asked.
    """

    address: str
    reading: Reading
    id: str = ""
    state: State = "new"
    why: str = ""
    candidates: tuple[Candidate, ...] = ()
    extracted: Extracted | None = None


@dataclass
class Draft:
    """A dossier under way.

    Attributes:
        path: Its file.
        dossier: What the file says.
        text: The file; of a new one, the template.
        seen: The bytes of the file; None when it does not exist yet.
        vendor: Who makes the model, as the order says; empty when it does not.
        outcomes: The sources.
    """

    path: Path
    dossier: Dossier
    text: str
    seen: bytes | None
    vendor: str = ""
    outcomes: list[Outcome] = field(default_factory=list[Outcome])

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Sources and facts of the template that nobody has written on."""
        sources = (one.id for one in self.dossier.sources if PLACEHOLDER.search(one.title))
        facts = (one.id for one in self.dossier.facts if PLACEHOLDER.search(one.statement))
        summary = ("summary",) if PLACEHOLDER.search(self.dossier.summary) else ()
        return (*sources, *facts, *summary)

    @property
    def used(self) -> tuple[str, ...]:
        """Ids that were given once; the examples of the template are none."""
        if self.seen is None:
            return ()
        entries = (*self.dossier.sources, *self.dossier.facts, *self.dossier.conflicts)
        ids = (*used_ids(self.text), *(entry.id for entry in entries))
        return tuple(one for one in dict.fromkeys(ids) if one not in self.placeholders)

    @property
    def fresh(self) -> list[Outcome]:
        """The sources that are filed now."""
        return [one for one in self.outcomes if one.state == "new"]

    def number(self) -> None:
        """Give each new source its id, and take what cards and lists state as data."""
        sources = self.dossier.sources
        known = {one.sha256: one.id for one in sources if one.sha256}
        number = max((int(one[1:]) for one in self.used if one.startswith("S")), default=0)
        for outcome in self.fresh:
            reading = outcome.reading
            digest = reading.sha256 or ""
            if digest in known:
                outcome.id, outcome.state = known[digest], "known"
                continue
            number += 1
            outcome.id = known[digest] = f"S{number}"
            if is_about(reading, self.dossier.name, self.dossier.vendor):
                outcome.candidates = stated(reading, self.dossier.name, outcome.id)

    def waiting(self, keeping: Keeping) -> list[Outcome]:
        """The sources from which nobody has taken facts yet, those filed earlier among them.

        Args:
            keeping: Where the texts of earlier sources are kept.
        """
        facts = usable(self.dossier)
        told = {witness.source for fact in facts for witness in fact.witnesses}
        named = {outcome.id for outcome in self.outcomes}
        for source in self.dossier.sources:
            if source.id in told or source.id in named or not source.sha256 or source.copy_of:
                continue
            if reading := keeping.find(source.sha256):
                self.outcomes.append(Outcome(reading.address, reading, source.id, "known"))
        return [
            one
            for one in self.outcomes
            if one.state == "new" or (one.state == "known" and one.id not in told)
        ]

    def additions(self, keeping: Keeping, proposals: Sequence[Proposal] = ()) -> Additions:
        """Everything the sources add.

        Args:
            keeping: Where the texts of earlier sources are kept.
            proposals: Contradictions that an llm proposes, by the ids of the facts as added.
        """
        candidates = [
            candidate
            for one in self.outcomes
            if one.state != "refused"
            for candidate in one.candidates
        ]
        if not self.fresh and not candidates:
            return Additions()
        original = _copies(self, keeping, candidates)
        sources = [_source(one, original) for one in self.fresh]
        base = None if self.seen is None else self.dossier
        found = added(base, candidates, sources, used=self.used)
        found = disputed(base, found, proposals=proposals, used=self.used)
        latest = max([self.dossier.as_of, *(source.read for source in sources)])
        return self._headed(
            found.model_copy(
                update={
                    "as_of": latest if latest > self.dossier.as_of else None,
                    "cleared": self._cleared(found),
                }
            )
        )

    def _cleared(self, found: Additions) -> tuple[str, ...]:
        """Placeholders that what is added takes the place of."""
        gone = tuple(one for one in self.placeholders if found.facts and one[0] != "S")
        stays = {
            witness.source
            for fact in self.dossier.facts
            if fact.id not in gone
            for witness in fact.witnesses
        } - {source.id for source in found.sources}
        sources = (one for one in self.placeholders if one[0] == "S" and one not in stays)
        return (*gone, *(one for one in sources if found.sources))

    def after(self, additions: Additions) -> Dossier:
        """What the dossier says with everything added.

        Args:
            additions: What is added.

        Raises:
            InputError: It would hold more than a dossier can.
        """
        try:
            return applied(self.dossier, additions)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the dossier"
            raise InputError(
                f"{self.path.name} cannot hold what these sources add: {where}: {first['msg']}",
                remedy="build from fewer sources, or take facts out by hand first",
            ) from None

    def _headed(self, found: Additions) -> Additions:
        """The additions with the blank keys of the head that the facts now fill."""
        own = (one.reading for one in self.fresh if one.candidates)
        author = next((one.author for one in own if one.kind in {"card", "listing"}), "")
        after = self.after(found)
        head, priced = blanks(after, self.vendor or line_of(author))
        return found.model_copy(update={"blanks": head, "price_facts": priced})


def _copies(draft: Draft, keeping: Keeping, candidates: Sequence[Candidate]) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    quotes: dict[str, list[str]] = {}
    for source in draft.dossier.sources:
        kept = keeping.find(source.sha256) if source.sha256 else None
        if kept:
            texts[source.id] = kept.text
    for one in sorted(draft.fresh, key=lambda one: str(one.reading.published or "9")):
        texts[one.id] = one.reading.text
    for candidate in candidates:
        quotes.setdefault(candidate.source, []).append(candidate.quote)
    known = {one.id: one.copy_of for one in draft.dossier.sources if one.copy_of}
    return copies(texts, quotes, known)


def _source(outcome: Outcome, original: Mapping[str, str]) -> Source:
    reading = outcome.reading
    url = reading.url if reading.url and _URL.fullmatch(reading.url) else None
    return Source(
        id=outcome.id,
        publisher=line_of(reading.publisher) or "Unnamed publisher",
        title=line_of(reading.title) or line_of(Path(outcome.address).name) or "Untitled",
        url=url,
        published=reading.published,
        read=reading.read,
        sha256=reading.sha256,
        copy_of=original.get(outcome.id),
    )
