"""Changes to a dossier file that an editor wrote: additions and settlements, and no other byte.

The new text is read back before it takes the old one's place, so that a file either says exactly
what was meant or stays as it was.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from panel.domain.dossier import Dossier
from panel.domain.fact import Settlement
from panel.domain.intake.additions import Additions
from panel.domain.intake.applying import applied
from panel.errors import InputError, ShipskipError, StaleError
from panel.library.files import place, read_placed, refused, write_new
from panel.library.splice import Splice
from panel.library.yaml_lines import plain

_HEAD = ("name", "vendor", "category", "tagline", "released", "licence", "access", "as_of")
_PRICE = ("entry", "input_per_million", "output_per_million", "currency")
_ID = re.compile(r"\b[FCS][1-9][0-9]{0,2}\b")


def used_ids(text: str) -> tuple[str, ...]:
    """Every id that a file names, in comments and for deleted facts too; none is given again.

    The examples in the comments of the template are none.

    Args:
        text: The file.
    """
    template = (resources.files("panel.library") / "templates" / "dossier.md").read_text("utf-8")
    known = set(template.splitlines())
    rows = (row for row in text.splitlines() if row not in known)
    return tuple(dict.fromkeys(found for row in rows for found in _ID.findall(row)))


def with_additions(text: str, dossier: Dossier, additions: Additions) -> str:
    """The text of a file with everything added.

    Args:
        text: The file as it stands.
        dossier: What it says.
        additions: What is added.

    Raises:
        InputError: If a list is written in a way that cannot be added to.
    """
    after = applied(dossier, additions)

    def edit(splice: Splice) -> None:
        for key in additions.blanks:
            if "." not in key:
                splice.set((key,), getattr(after, key), after=_HEAD[: _HEAD.index(key)])
        _fill_price(splice, additions, after)
        if additions.as_of:
            splice.set(("as_of",), additions.as_of)
        for section in ("sources", "facts"):
            for at, value in enumerate(getattr(dossier, section)):
                if value.id in additions.cleared:
                    splice.remove((section, at))
        _append(splice, ("sources",), [plain(one) for one in additions.sources])
        facts = {fact.id: at for at, fact in enumerate(dossier.facts)}
        for one in additions.witnesses:
            at = ("facts", facts[one.fact], "witnesses")
            splice.append(at, [plain(one.witness)], apart=False)
        _append(splice, ("facts",), [plain(one) for one in additions.facts])
        conflicts = {conflict.id: at for at, conflict in enumerate(dossier.conflicts)}
        for join in additions.joined:
            at = ("conflicts", conflicts[join.conflict], "facts")
            splice.append(at, [join.fact], apart=False)
        _append(splice, ("conflicts",), [plain(one) for one in additions.conflicts])

    return _spliced(text, edit, bare="summary" in additions.cleared)


def _fill_price(splice: Splice, additions: Additions, after: Dossier) -> None:
    names = [key.removeprefix("price.") for key in additions.blanks if key.startswith("price.")]
    if not splice.has(("price",)):
        content = {name: getattr(after.price, name) for name in names}
        facts = {"facts": additions.price_facts} if additions.price_facts else {}
        if content or facts:
            splice.put(("price",), {**content, **facts})
        return
    for name in names:
        at = _PRICE.index(name)
        splice.set(("price", name), getattr(after.price, name), after=_PRICE[:at])
    if additions.price_facts:
        splice.append(("price", "facts"), additions.price_facts, apart=False)


def _append(splice: Splice, at: tuple[str, ...], values: list[dict[str, Any]]) -> None:
    if values:
        splice.append(at, values, apart=True)


def with_settlement(text: str, dossier: Dossier, conflict_id: str, settled: Settlement) -> str:
    """The text of a file with one conflict settled, described as of that day at the earliest.

    Args:
        text: The file as it stands.
        dossier: What it says.
        conflict_id: The conflict.
        settled: The decision.

    Raises:
        InputError: If the conflict is written in a way that cannot be added to.
    """
    at = next(nth for nth, one in enumerate(dossier.conflicts) if one.id == conflict_id)

    def edit(splice: Splice) -> None:
        if settled.on > dossier.as_of:
            splice.set(("as_of",), settled.on)
        splice.put(("conflicts", at, "settlement"), plain(settled))

    return _spliced(text, edit)


def _spliced(text: str, edit: Callable[[Splice], None], *, bare: bool = False) -> str:
    """A file with its front matter edited; `bare` leaves out the text below it."""
    mark, content = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    if re.search(r"\r(?!\n)", content):
        raise InputError(
            "the file has line ends that cannot be kept (carriage returns alone)",
            remedy="save it with ordinary line ends",
        )
    lines = content.split("\n")
    close = next(at for at in range(1, len(lines)) if lines[at].rstrip() == "---")
    splice = Splice(lines[1:close], "\r" if lines[0].endswith("\r") else "")
    edit(splice)
    rest = [lines[close], ""] if bare else lines[close:]
    return mark + "\n".join([lines[0], *splice.text(), *rest])


def create(path: Path, text: str, expected: Dossier) -> None:
    """Write a dossier that did not exist.

    Args:
        path: Where to.
        text: The file.
        expected: What it has to say.

    Raises:
        InputError: If the file exists or the folder cannot be written.
        ShipskipError: If the text would not say what was meant; then there is no file.
    """
    write_new(path, text)
    try:
        _read_back(path, path, expected)
    except ShipskipError:
        path.unlink()
        raise


def rewrite(path: Path, change: Callable[[str], str], expected: Dossier, seen: bytes) -> None:
    """Replace a dossier file by a changed one, whole or not at all.

    Args:
        path: The file.
        change: Makes the new text from the old one.
        expected: What the new file has to say.
        seen: The bytes on which the change rests.

    Raises:
        StaleError: If somebody changed the file meanwhile.
        InputError: If the change cannot be written into it.
        ShipskipError: If the new text would not say what was meant; the file stays as it was.
    """
    path = path.resolve()
    text = change(seen.decode("utf-8"))
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}.", suffix=".md")
        draft = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            _read_back(draft, path, expected)
            if path.read_bytes() != seen:
                message = f"{place(path)} was changed by somebody else meanwhile"
                raise StaleError(message, remedy="run the command again; nothing was written")
            shutil.copymode(path, draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        message = f"cannot be written: {error.strerror or 'the folder refuses it'}"
        raise refused(path, message, "check the folder and its rights") from None


def _read_back(draft: Path, path: Path, expected: Dossier) -> None:
    remedy = "this is a bug in shipskip; nothing was written, add the entry by hand"
    try:
        found = read_placed(draft, Dossier, body_key="summary").value
    except InputError as error:
        first = error.problems[0].message
        message = f"the new text of {place(path)} could not be read back: {first}"
        raise ShipskipError(message, remedy=remedy) from None
    if found != expected:
        said: Mapping[str, Any] = found.model_dump()
        wrong = [key for key, value in expected.model_dump().items() if said[key] != value]
        message = f"the new text of {place(path)} would say something else: {', '.join(wrong)}"
        raise ShipskipError(message, remedy=remedy)
