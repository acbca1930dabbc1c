"""The Nu checker, which tells whether a page is valid HTML; fetched once by npm."""

import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

JAR = "vnu-jar@26.9.27"


def checker() -> list[str]:
    """The command that checks; skips with the reason where it cannot be had."""
    java, npm = shutil.which("java"), shutil.which("npm")
    if java is None or npm is None:
        pytest.skip("the Nu checker needs java and npm, and one of them is not here")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "shipskip-tests" / JAR
    jar = folder / "package" / "build" / "dist" / "vnu.jar"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        if not jar.is_file():
            command = [npm, "pack", "--silent", JAR]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"npm cannot fetch {JAR}: {done.stderr.strip()[-200:]}")
            with tarfile.open(folder / done.stdout.split()[-1]) as packed:
                packed.extractall(folder, filter="data")
    return [java, "-Xss1m", "-jar", str(jar), "--format", "json", "--stdout"]


def complaints(pages: Sequence[Path]) -> list[str]:
    """What the checker says of some pages, errors and warnings.

    Args:
        pages: Their files.
    """
    command = [*checker(), *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    # From a file it cannot tell what `self` is, and it takes data for scripts; a browser tells.
    told = [one for one in found if "violates Content Security Policy" not in one["message"]]
    return [
        f"{one.get('url', '')}:{one.get('lastLine', '')}: {one['message']} {one.get('extract', '')}"
        for one in told
        if one["type"] == "error" or one.get("subType") == "warning"
    ]
