"""The draft a request is about, and what somebody has to do before they may see it."""

import re
import secrets

from fastapi import HTTPException
from starlette.requests import Request

from panel.desk.context import Context, context_of
from panel.domain.editing.people import User
from panel.domain.editing.queue import QueueRow
from panel.domain.editing.states import may
from panel.domain.run import RUN_ID_PATTERN, Run, is_run_id
from panel.domain.value import SLUG_PATTERN
from panel.editing.drafts import Draft, Ref
from panel.errors import MissingError, StoreError


def ref_of(request: Request, run: str, slug: str) -> Ref:
    """The name of a draft that is there.

    Args:
        request: The request.
        run: Its run, as the address names it.
        slug: Its dossier, likewise.

    Raises:
        HTTPException: 404, when there is no such draft.
    """
    ref = _named(run, slug)
    if context_of(request).store.scorecard(run, slug) is None:
        raise _no_such_draft()
    return ref


def draft_of(request: Request, run: str, slug: str) -> Draft:
    """A draft as it stands now.

    Args:
        request: The request.
        run: Its run, as the address names it.
        slug: Its dossier, likewise.

    Raises:
        HTTPException: 404, when there is no such draft.
    """
    try:
        return context_of(request).drafts.draft(_named(run, slug))
    except MissingError as error:
        raise _no_such_draft() from error


def _named(run: str, slug: str) -> Ref:
    if re.fullmatch(RUN_ID_PATTERN, run) and re.fullmatch(SLUG_PATTERN, slug):
        return Ref(run, slug)
    raise _no_such_draft()


def _no_such_draft() -> HTTPException:
    return HTTPException(404, "there is no such draft")


def path_of(ref: Ref) -> str:
    """Where a draft's page is.

    Args:
        ref: The draft.
    """
    return f"/drafts/{ref.run}/{ref.slug}"


def must_call_first(request: Request, user: User, draft: Draft) -> bool:
    """Whether somebody has to call ship or skip before they see what the panel says.

    What readers see already, or what they have worked on themselves, is hidden from nobody.

    Args:
        request: The request.
        user: Who wants to see it.
        draft: The draft.
    """
    context = context_of(request)
    if not context.blind_first or not may(user.role, "comment") or draft.standing.live:
        return False
    if any(revision.by == user.login for revision in draft.revisions):
        return False
    return user.login not in context.store.blind_calls(draft.ref.run, draft.ref.slug)


def is_blind(context: Context, user: User, row: QueueRow) -> bool:
    """Whether what the panel says of a draft is kept from somebody until they have called.

    Args:
        context: The desk.
        user: Who.
        row: The draft's row (see `must_call_first`).
    """
    if not context.blind_first or not may(user.role, "comment") or row.live:
        return False
    store, login = context.store, user.login
    if row.version and any(one.by == login for one in store.revisions(row.run, row.slug)):
        return False
    return login not in store.blind_calls(row.run, row.slug)


def new_key() -> str:
    """A name for the attempt a form makes, so that one sent twice is done once."""
    return secrets.token_hex(8)


def run_of(request: Request, run: str) -> Run:
    """The run that an address names.

    Args:
        request: The request.
        run: Its id, as the address has it.

    Raises:
        HTTPException: 404, when there is no such run.
    """
    if is_run_id(run):
        store = context_of(request).store
        try:
            store.run_state(run)
        except StoreError as error:
            if not error.message.startswith("there is no run"):
                raise
        else:
            return store.run(run)
    raise HTTPException(404, "there is no such run")
