"""Whether a row of an order can be reviewed: its dossier is there, sound, and named once."""

from collections.abc import Callable, Iterator

from panel.domain.dossier import Dossier
from panel.domain.keypath import dotted
from panel.domain.soundness import placeholders, usable_facts
from panel.errors import InputError, Problem
from panel.library.orders import Row


class RowCheck:
    """Looks at rows one after the other.

    Args:
        load: Gives the dossier of a slug or path.
    """

    def __init__(self, load: Callable[[str], Dossier]) -> None:
        self._load = load
        self._named: set[str] = set()

    def look(self, row: Row) -> tuple[Dossier | None, list[Problem]]:
        """The dossier of a row, and everything that is wrong with it.

        Args:
            row: A row of the order.
        """
        try:
            dossier = self._load(row.dossier)
        except InputError as error:
            found = error.problems
            return None, [placed(problem, row) if row.line else problem for problem in found]
        again = dossier.slug in self._named
        self._named.add(dossier.slug)
        return dossier, [placed(problem, row) for problem in _defects(dossier, again=again)]


def placed(problem: Problem, row: Row) -> Problem:
    """A problem on the line of the list its row stands on, or at the name given by itself.

    Args:
        problem: What is wrong, perhaps with a place inside the dossier.
        row: The row it is about.
    """
    if not row.line:
        where = problem.path or row.dossier
        return Problem(problem.message, problem.remedy, where, problem.line, problem.key)
    inside = problem.path or row.dossier
    inside += f":{problem.line}" if problem.line else ""
    message = ": ".join(part for part in (inside, problem.key, problem.message) if part)
    return Problem(message, problem.remedy, row.path, row.line)


def _defects(dossier: Dossier, *, again: bool) -> Iterator[Problem]:
    if again:
        yield Problem(f"{dossier.slug} is ordered twice", "name it once")
    elif not usable_facts(dossier):
        remedy = "add at least one fact that states something about the model; see"
        yield Problem(
            f"{dossier.slug} holds no usable evidence", f"{remedy} `shipskip dossier check`"
        )
    else:
        for finding in placeholders(dossier):  # with usable facts, the only errors there are
            yield Problem(finding.message, finding.remedy, key=dotted(finding.path))
