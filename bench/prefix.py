"""How much of the five seats' prompts is the same bytes, so that a provider can cache it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from panel.bootstrap.house import House
from panel.settings import DEFAULT_SEATS


def _common(texts: Sequence[bytes]) -> int:
    """Length of the prefix that all texts share."""
    columns = enumerate(zip(*texts, strict=False))
    return next((at for at, column in columns if len(set(column)) > 1), min(map(len, texts)))


def measure() -> Iterator[tuple[str, float, str]]:
    """Yield name, ratio and goal for each dossier of the repository."""
    house = House.open(Path(__file__).parent)
    personas = [house.personas.load(seat) for seat in DEFAULT_SEATS]
    for slug in house.dossiers.slugs():
        dossier = house.dossiers.load(slug)
        prompts = [house.prompts.build(dossier, persona) for persona in personas]
        texts = [f"{p.rules}\n{p.dossier}\n\n{p.persona}".encode() for p in prompts]
        share = _common(texts) * len(texts) / sum(map(len, texts))
        yield f"share of prompt bytes common to five seats, {slug}", share, ">= 0.85"
