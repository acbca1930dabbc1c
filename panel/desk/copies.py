"""What somebody has typed on one page of a draft and not saved, kept so that no lost page loses it.

One draft has several pages to type on and the store keeps one copy for each person and draft, so
that every page has its own part of it. A part may be replaced by the page that wrote it, or by one
that took it over as it stands; any other page is told that it is stale.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from pydantic import AwareDatetime

from panel.domain.editing.people import User
from panel.domain.editing.queue import WorkingCopy
from panel.domain.value import Value
from panel.editing.drafts import Ref
from panel.errors import StaleError
from panel.store.store import Store

HEAD = "head"
"""Name of the page for what belongs to no seat; other pages are named by the path of a seat."""

TYPING_SECONDS = 120
"""How long somebody counts as typing after their last words were kept."""

_TRIES = 5
_META = ("base", "key", "nth", "at")


class Part(Value):
    """What somebody has typed on one page.

    Attributes:
        page: Which page.
        base: Version it was typed on.
        key: Name of the page that wrote it.
        nth: Name of these very words; empty until they are kept.
        at: When they were kept.
        form: Text by field name.
    """

    page: str
    base: int
    key: str
    nth: str = ""
    at: AwareDatetime
    form: dict[str, str]


def parts_of(copy: WorkingCopy | None) -> dict[str, Part]:
    """A working copy by its pages.

    Args:
        copy: All of it; None when there is none.
    """
    form = copy.form if copy else {}
    pages = dict.fromkeys(name.partition("|")[0] for name in form)
    return {page: _part(page, form) for page in pages}


def _part(page: str, form: Mapping[str, str]) -> Part:
    prefix = f"{page}|"
    own = {name[len(prefix) :]: text for name, text in form.items() if name.startswith(prefix)}
    meta = {name: own.pop(f"|{name}") for name in _META}
    return Part.model_validate({"page": page, "form": own, **meta, "base": int(meta["base"])})


def part_of(store: Store, ref: Ref, login: str, page: str) -> Part | None:
    """What somebody has typed on one page and not saved.

    Args:
        store: Where it is kept.
        ref: The draft.
        login: Who.
        page: Which page.
    """
    return parts_of(store.working_copy(ref.run, ref.slug, login)).get(page)


def keep_part(store: Store, ref: Ref, login: str, part: Part) -> Part:
    """Keep what somebody has typed on one page.

    Args:
        store: Where.
        ref: The draft.
        login: Who.
        part: The words; `nth` is that of the words they take the place of, if the page took any
            over.

    Returns:
        It as kept, with its own `nth`.

    Raises:
        StaleError: Another page wrote words of its own meanwhile.
        StoreError: The database refuses.
    """
    kept = part.model_copy(update={"nth": secrets.token_hex(4)})
    form = {f"{part.page}|{name}": text for name, text in part.form.items()}
    form |= {f"{part.page}||{name}": str(getattr(kept, name)) for name in _META}

    def wanted(now: Part | None) -> Mapping[str, str]:
        if now is not None and not _is_ours(now, part.key, part.nth):
            raise StaleError(
                "these words were changed in another window meanwhile",
                remedy="reload the page to see them; what is typed here is still here",
            )
        return form

    _change(store, ref, login, kept, wanted)
    return kept


def drop_part(
    store: Store, ref: Ref, login: str, page: str, *, key: str = "", nth: str = ""
) -> bool:
    """Forget what somebody has typed on one page, since it was saved or given up.

    Args:
        store: Where it is kept.
        ref: The draft.
        login: Who.
        page: Which page.
        key: Name of the page that saved or gave it up.
        nth: Name of the words it had taken over.

    Returns:
        Whether there were such words; those of another page stay.

    Raises:
        StoreError: The database refuses.
    """
    found = part_of(store, ref, login, page)
    if found is None or not _is_ours(found, key, nth):
        return False

    def wanted(now: Part | None) -> Mapping[str, str] | None:
        return {} if now and _is_ours(now, key, nth) else None

    _change(store, ref, login, found, wanted)
    return True


def _change(
    store: Store,
    ref: Ref,
    login: str,
    part: Part,
    wanted: Callable[[Part | None], Mapping[str, str] | None],
) -> None:
    """Put other words in the place of a part, whatever other pages save in the same moment."""
    for _ in range(_TRIES):
        copy = store.working_copy(ref.run, ref.slug, login)
        words = wanted(parts_of(copy).get(part.page))
        if words is None:
            return
        rest = {
            name: text
            for name, text in (copy.form if copy else {}).items()
            if not name.startswith(f"{part.page}|")
        }
        made = WorkingCopy(
            run=ref.run,
            slug=ref.slug,
            login=login,
            base=part.base,
            nth=copy.nth if copy else 0,
            at=part.at,
            form={**rest, **words},
        )
        with suppress(StaleError):
            if made.form:
                store.save_copy(made)
                return
            if store.drop_copy(ref.run, ref.slug, login, made.nth):
                return
    raise StaleError("this was changed in another window meanwhile", remedy="reload the page")


def typing(store: Store, ref: Ref, users: Iterable[User], since: AwareDatetime) -> tuple[str, ...]:
    """Names of the people whose words on a draft were kept lately; a hint, never a lock.

    Args:
        store: Where they are kept.
        ref: The draft.
        users: Who might be typing.
        since: Since when.
    """
    copies = ((one.name, store.working_copy(ref.run, ref.slug, one.login)) for one in users)
    return tuple(name for name, copy in copies if copy and copy.at >= since)


def _is_ours(part: Part, key: str, nth: str) -> bool:
    return key == part.key or nth == part.nth
