"""The model that sources are read for, and the names it and its rivals go by."""

from panel.domain.intake.candidate import is_same_model
from panel.domain.typography import fold
from panel.domain.value import Line, Value


class Subject(Value):
    """The model under review, as far as a reader of sources must know it.

    Attributes:
        name: Its public name.
        vendor: Who makes it.
        also: Further names it goes by.
        rivals: Names of other models, with which it must not be confused.
    """

    name: Line
    vendor: Line
    also: tuple[Line, ...] = ()
    rivals: tuple[Line, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of it, the one with the vendor first."""
        found = (
            f"{self.vendor} {self.name}",
            f"{self.vendor}'s {self.name}",
            self.name,
            *self.also,
        )
        return tuple(dict.fromkeys(found))

    def is_named(self, entity: str) -> bool:
        """Whether a name means this very model, not a relative or a rival.

        Args:
            entity: A name.
        """
        return any(is_same_model(entity, name, self.vendor) for name in (self.name, *self.also))

    @property
    def others(self) -> tuple[str, ...]:
        """The rivals whose name is not part of its own."""
        own = fold(" ".join(self.names)).text
        return tuple(rival for rival in self.rivals if fold(rival).text not in own)
