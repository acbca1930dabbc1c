"""What differs today from what a run was ordered with, told before it goes on.

What a fork of the run would put in differently is what has changed: the two cannot disagree.
"""

from collections.abc import Iterable, Iterator, Mapping

from panel.bootstrap.forking import Options
from panel.bootstrap.house import House
from panel.domain.difference import panel_inputs
from panel.domain.persona import Persona
from panel.domain.run import OrderedDossier, Run
from panel.errors import InputError, Problem


def drift(
    house: House, run: Run, personas: Mapping[str, Persona], items: Iterable[OrderedDossier]
) -> Iterator[Problem]:
    """Every dossier, persona, prompt and llm that is another now than when the run was ordered.

    A dossier that is not in the workspace was ordered by its path, and cannot have changed here.

    Args:
        house: Workspace and settings as they are now.
        run: The run.
        personas: Its personas as they were ordered.
        items: Its dossiers that are still to be worked on; without any nothing is looked at.
    """
    todo = tuple(items)
    if not todo:
        return
    now = house.prompts.digests
    for name, digest in run.order.templates.items():
        if now.get(name) != digest:
            yield _changed(f"prompt {name}")
    yield from dict.fromkeys(_panels(house, run, personas, {item.panel for item in todo}))
    for item in todo:
        yield from _dossier(house, item)


def _panels(
    house: House, run: Run, personas: Mapping[str, Persona], places: Iterable[int | None]
) -> Iterator[Problem]:
    options = Options(house, run, personas)
    order = run.order
    for place in sorted(places, key=lambda place: -1 if place is None else place):
        ordered = order.panel if place is None else order.panels[place]
        try:
            for words in panel_inputs(ordered, options.panel_today(place)):
                yield _changed(words) if words.startswith("persona ") else _moved(words)
        except InputError as error:
            yield from error.problems


def _dossier(house: House, item: OrderedDossier) -> Iterator[Problem]:
    if item.slug not in house.dossiers:
        return
    try:
        if house.dossiers.load(item.slug).digest != item.digest:
            yield _changed(f"dossier {item.slug}")
    except InputError as error:
        yield Problem(f"dossier {item.slug} cannot be read any more: {error.problems[0].message}")


def _changed(what: str) -> Problem:
    return Problem(f"{what} has changed since the run was ordered")


def _moved(words: str) -> Problem:
    return Problem(f"{words}, since the run was ordered")
