"""Throw-away workspaces with made dossiers, and runs of ours in them."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from panel.bootstrap.house import House
from panel.bootstrap.planning import plan
from panel.bootstrap.running import start
from panel.domain.prompt import Prompt
from panel.settings import DEFAULT_SEATS

_DOSSIERS = Path(__file__).parents[1] / "dossiers"


@contextmanager
def workspace(
    base_url: str | None, concurrency: int, *, copies: int = 0, **flags: object
) -> Generator[House]:
    """A workspace whose llm is the given endpoint.

    Args:
        base_url: Where the endpoint listens; None for the offline judge.
        concurrency: Most reviews at once.
        copies: Further dossiers, copies of the real ones under other names.
        flags: Further settings.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(_DOSSIERS, root / "dossiers")
        made_dossiers(root / "dossiers", copies)
        llm = {"llm": "fake-llm", "base_url": base_url} if base_url else {}
        yield House.open(root, {**llm, "concurrency": concurrency, **flags}, {})


def made_dossiers(folder: Path, copies: int) -> list[str]:
    """Fill a folder with copies of the real dossiers under other names.

    Args:
        folder: Where they go.
        copies: How many.

    Returns:
        Their slugs.
    """
    originals = sorted(path for path in _DOSSIERS.glob("*.md") if path.name != "README.md")
    slugs: list[str] = []
    for number in range(copies):
        original = originals[number % len(originals)]
        slug = f"copy-{number:05d}"
        text = original.read_text(encoding="utf-8")
        text = text.replace(f"slug: {original.stem}\n", f"slug: {slug}\n", 1)
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")
        slugs.append(slug)
    return slugs


def prompts_of(house: House, slugs: Sequence[str]) -> list[Prompt]:
    """What the default panel is asked about some dossiers.

    Args:
        house: The workspace.
        slugs: Its dossiers.
    """
    personas = [house.personas.load(seat) for seat in DEFAULT_SEATS]
    return [house.prompts.build(house.dossiers.load(s), p) for s in slugs for p in personas]


def run(house: House, slugs: Sequence[str]) -> tuple[float, float]:
    """Plan and run once.

    Returns:
        CPU seconds and wall seconds of the whole run, planning and store included.
    """
    cpu, wall = time.process_time(), time.perf_counter()
    made = plan(house, slugs)
    with house.store(write=True) as store:
        asyncio.run(start(made, store))
    return time.process_time() - cpu, time.perf_counter() - wall


def worked(house: House, slugs: Sequence[str]) -> float:
    """Wall seconds of the work alone, after planning.

    Args:
        house: The workspace.
        slugs: What to review.
    """
    made = plan(house, slugs)
    with house.store(write=True) as store:
        begun = time.perf_counter()
        asyncio.run(start(made, store))
        return time.perf_counter() - begun
