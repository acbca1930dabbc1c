"""What `shipskip doctor` looks at in a workspace: files, database and results folder.

Everything is looked at even when something is broken, so that one call tells the whole story.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from panel.bootstrap.house import House
from panel.domain.dossier import Dossier
from panel.domain.persona import Persona
from panel.domain.secrecy import redact
from panel.errors import EmptyError, InputError, ShipskipError, StoreError
from panel.settings import FILE_NAME
from panel.store.records import Check
from panel.store.store import Store

Standing = Literal["ok", "warn", "fail"]

_STANDINGS: dict[str, Standing] = {"ok": "ok", "warning": "warn", "error": "fail"}


@dataclass(frozen=True)
class Finding:
    """One line of the doctor.

    Attributes:
        about: What was looked at.
        standing: `fail` keeps reviews from working, `warn` does not.
        detail: What was found.
        remedy: What to do next; empty when all is well.
    """

    about: str
    standing: Standing
    detail: str
    remedy: str = ""


def workspace_findings(house: House) -> Iterator[Finding]:
    """Look over everything that needs no llm.

    Args:
        house: Workspace and settings.
    """
    yield _root(house)
    dossiers, found = _dossiers(house)
    yield found
    personas, found = _personas(house)
    yield found
    yield _panel(house)
    yield _prompts(house, dossiers, personas)
    yield _runs(house.workspace.runs)
    yield from _database(house)


def _root(house: House) -> Finding:
    root = house.workspace.root
    settings = f"settings from {FILE_NAME}" if (root / FILE_NAME).is_file() else "no shipskip.toml"
    if house.workspace.dossiers.is_dir():
        return Finding("workspace", "ok", f"{root}, {settings}")
    return Finding(
        "workspace",
        "warn",
        f"{root} has no folder dossiers/",
        "go to the folder that has one, or begin here with `shipskip dossier new SLUG`",
    )


def _dossiers(house: House) -> tuple[list[Dossier], Finding]:
    read: list[Dossier] = []
    broken: list[str] = []
    slugs = house.dossiers.slugs()
    for slug in slugs:
        try:
            read.append(house.dossiers.load(slug))
        except InputError as error:
            broken.append(str(error.problems[0]))
    strays = house.dossiers.strays()
    if broken:
        detail = f"{len(broken)} of {len(slugs)} cannot be read, first: {broken[0]}"
        return read, Finding("dossiers", "fail", detail, "run `shipskip dossier check`")
    if strays:
        detail = f"{len(read)} readable, but {strays[0].path} {strays[0].message}"
        return read, Finding("dossiers", "warn", detail, strays[0].remedy)
    if not slugs:
        remedy = "write one with `shipskip dossier new SLUG`"
        return read, Finding("dossiers", "warn", "there are none yet", remedy)
    return read, Finding("dossiers", "ok", f"{len(read)} readable")


def _personas(house: House) -> tuple[list[Persona], Finding]:
    read: list[Persona] = []
    broken: list[str] = []
    ids = house.personas.ids()
    for name in ids:
        try:
            read.append(house.personas.load(name))
        except InputError as error:
            broken.append(str(error.problems[0]))
    if broken:
        detail = f"{len(broken)} of {len(ids)} cannot be read, first: {broken[0]}"
        return read, Finding("personas", "fail", detail, "run `shipskip personas check`")
    return read, Finding("personas", "ok", f"{len(read)} readable")


def _panel(house: House) -> Finding:
    seats, known = house.settings.seats, house.personas.ids()
    missing = [seat for seat in seats if seat not in known]
    if missing:
        remedy = f"change the setting seats; the personas are {', '.join(known)}"
        return Finding("panel", "fail", f"there is no persona {', '.join(missing)}", remedy)
    return Finding("panel", "ok", ", ".join(seats))


def _prompts(house: House, dossiers: list[Dossier], personas: list[Persona]) -> Finding:
    """Render every template once, which is the only proof that they can be rendered."""
    try:
        prompts = house.prompts
        count = len(prompts.digests)
        for persona in personas if dossiers else ():
            prompts.build(dossiers[0], persona)
        if "mend.md.j2" in prompts.digests:
            prompts.mend(["quote: an example"])
    except InputError as error:
        return Finding("prompts", "fail", error.problems[0].message, error.problems[0].remedy)
    rendered = f", rendered for {dossiers[0].slug}" if dossiers and personas else ""
    return Finding("prompts", "ok", f"{count} templates{rendered}")


def _runs(folder: Path) -> Finding:
    """Results can be written: tried where the folder exists, left untouched where it does not."""
    if not folder.exists():
        return Finding("results", "ok", f"{folder} will be made by the first run")
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding("results", "ok", f"{folder} can be written")
    except OSError as error:
        detail = f"{folder} cannot be written: {error.strerror}"
        return Finding("results", "fail", detail, "check the folder and its rights")


def _database(house: House) -> Iterator[Finding]:
    url = house.database_url
    path = url.partition("sqlite:///")[2]
    if path and not Path(path).exists():
        yield Finding("database", "ok", f"{path} will be made by the first run")
        yield from _checked(_trial)
        return
    yield Finding("database", "ok", redact(url))
    yield from _checked(lambda: _health(url))


def _checked(look: Callable[[], list[Check]]) -> Iterator[Finding]:
    try:
        checks = look()
    except EmptyError as error:
        yield Finding("database", "ok", error.message)
        return
    except (StoreError, InputError) as error:
        message, remedy = _parts(error)
        yield Finding("database", "fail", message, remedy)
        return
    for check in checks:
        yield Finding(check.name, _STANDINGS[check.standing], check.detail, check.remedy)


def _parts(error: ShipskipError) -> tuple[str, str]:
    if isinstance(error, InputError):
        return error.problems[0].message, error.problems[0].remedy
    return error.message, error.remedy


def _health(url: str) -> list[Check]:
    with Store.open(url, write=False) as store:
        return store.health()


def _trial() -> list[Check]:
    """What the SQLite library can do, seen on a database made and thrown away."""
    with tempfile.TemporaryDirectory(prefix="shipskip-") as folder:
        url = f"sqlite:///{Path(folder) / 'trial.db'}"
        with Store.open(url, write=True) as store:
            return [check for check in store.health() if check.name == "SQLite library"]
