"""The panels of an order: the one of the settings, and one for each row that wishes another."""

from collections.abc import Sequence

from panel.bootstrap.house import House
from panel.domain.persona import Persona
from panel.domain.reduction import quorum_default
from panel.domain.run import Panel, Seat
from panel.errors import InputError, Problem
from panel.library.orders import Wishes

_USUAL = Wishes()


class Panels:
    """Panels as they are asked for; equal wishes share one.

    Args:
        house: Workspace and settings.

    Attributes:
        usual: The panel of the settings.
        others: Further panels, in order of their first wish.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._personas: dict[str, Persona] = {}
        self._places: dict[Wishes, int] = {}
        self.others: list[Panel] = []
        self.usual = self._panel(_USUAL)

    @property
    def personas(self) -> tuple[Persona, ...]:
        """Every persona of every panel."""
        return tuple(self._personas.values())

    def persona(self, name: str) -> Persona:
        """A persona of one of the panels, by id."""
        return self._personas[name]

    def place(self, wishes: Wishes) -> int | None:
        """The place in `others` of the panel somebody wishes; None for the usual one.

        Args:
            wishes: Seats, llm and samples; None in each for the usual.

        Raises:
            InputError: A persona or llm is wrong; all problems are listed.
        """
        if wishes == _USUAL:
            return None
        if wishes not in self._places:
            panel = self._panel(wishes)
            self.others.append(panel)
            self._places[wishes] = len(self.others) - 1
        return self._places[wishes]

    def at(self, place: int | None) -> Panel:
        """The panel at a place."""
        return self.usual if place is None else self.others[place]

    def _panel(self, wishes: Wishes) -> Panel:
        settings = self._house.settings
        ids = wishes.seats or settings.seats
        refused = list(_twice(ids))
        house = self._house.with_settings(llm=wishes.llm) if wishes.llm else self._house
        seats = [seat for name in dict.fromkeys(ids) if (seat := self._seat(house, name, refused))]
        if settings.quorum and settings.quorum > len(ids):
            message = f"a quorum of {settings.quorum} can never be met by {len(ids)} seats"
            refused.append(Problem(message, "lower --quorum or add seats"))
        if refused:
            raise InputError(dict.fromkeys(refused))
        return Panel(
            seats=tuple(seats),
            samples=wishes.samples or settings.samples,
            quorum=settings.quorum or quorum_default(len(seats)),
        )

    def _seat(self, house: House, name: str, refused: list[Problem]) -> Seat | None:
        try:
            if name not in self._personas:
                self._personas[name] = house.personas.load(name)
            persona = self._personas[name]
            return Seat(persona=persona.id, digest=persona.digest, llm=house.llm(persona))
        except InputError as error:
            refused += error.problems
            return None


def _twice(ids: Sequence[str]) -> list[Problem]:
    remedy = "name each persona once; use --samples for repeated reviews"
    names = sorted({name for name in ids if ids.count(name) > 1})
    return [Problem(f"{name} sits twice on the panel", remedy) for name in names]
