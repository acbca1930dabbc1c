"""Which run a person means: a whole id, the beginning of one, or `latest`."""

import re

from sqlalchemy import select

from panel.errors import InputError
from panel.store.reader import Reader
from panel.store.tables import runs

_PREFIX = re.compile(r"[0-9][0-9a-f-]{0,21}")
_NEWEST_FIRST = (runs.c.created.desc(), runs.c.id.desc())


class RunNames(Reader):
    """Resolves what a person typed to a run id."""

    def resolve_run(self, text: str) -> str:
        """The full id of the run a person means.

        Args:
            text: A run id, a unique beginning of one, or `latest`. Anything that does not look like
                it is refused before the database is asked.

        Raises:
            InputError: When no run, or more than one, is meant; lists the newest few.
        """
        if text == "latest":
            newest = self._ids(limit=1)
            if newest:
                return newest[0]
            raise InputError("there is no run yet", remedy="start one with `shipskip review SLUG`")
        found = self._beginning_with(text) if _PREFIX.fullmatch(text) else []
        if len(found) == 1:
            return found[0]
        if found:
            raise InputError(
                f"{text} is the beginning of several runs: {', '.join(found)}",
                remedy="write more of the id",
            )
        newest = self._ids(limit=5)
        known = f"the newest runs are {', '.join(newest)}" if newest else "there is no run yet"
        raise InputError(
            f"there is no run {text[:60]!a}; {known}",
            remedy="name one by its id, the beginning of it, or `latest`",
        )

    def _ids(self, *, limit: int) -> list[str]:
        query = select(runs.c.id).order_by(*_NEWEST_FIRST).limit(limit)
        return [row.id for row in self._all(query)]

    def _beginning_with(self, text: str) -> list[str]:
        query = select(runs.c.id).where(runs.c.id.startswith(text)).order_by(*_NEWEST_FIRST)
        return [row.id for row in self._all(query.limit(5))]
