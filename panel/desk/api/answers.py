"""How the API answers: JSON with an `ETag`, and the version rule by `If-Match`.

A change without `If-Match` is a 428, one on an older version a 412 that carries the merge.
"""

import json
import re
from collections.abc import Callable, Coroutine, Mapping
from typing import Annotated, Any

from fastapi import Header
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from panel.desk.api.bodies import DraftView
from panel.desk.context import context_of
from panel.desk.errors import PROBLEM
from panel.desk.rights import SAFE
from panel.editing.drafts import Draft, Ref
from panel.editing.stale import StaleDraftError
from panel.errors import InputError, StaleError

_TAG = re.compile(r'"([0-9]{1,9})"')

IfMatch = Annotated[
    str | None, Header(alias="If-Match", description='The version it is based on, e.g. `"3"`.')
]
"""What every change of something that has versions carries."""

PROBLEM_CONTENT: Mapping[str, Any] = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route may refuse, for the schema.

    Args:
        statuses: Its statuses, beside those every route has.
    """
    words = {
        400: "It cannot be read.",
        401: "No token, or one that does not hold.",
        403: "This person may not, or not as things stand.",
        404: "There is nothing here.",
        409: "Somebody was faster.",
        412: "It is based on another version; `merge` tells what becomes of it.",
        413: "It is too long.",
        415: "It is no JSON.",
        422: "Something in it is not allowed.",
        428: "`If-Match` is missing.",
        503: "The database does not answer.",
    }
    return {
        status: {"description": words[status], "content": dict(PROBLEM_CONTENT)}
        for status in sorted({400, 401, 403, 404, 413, 415, 422, 503, *statuses})
    }


class JsonRoute(APIRoute):
    """A route that takes only what can be written as JSON again: no NaN, no half characters."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the check (see `APIRoute`)."""
        handler = super().get_route_handler()

        async def checked(request: Request) -> Response:
            if request.method not in SAFE:
                check_json(await request.body())
            return await handler(request)

        return checked


def check_json(body: bytes) -> None:
    """Refuse a body that is no JSON, or holds what JSON cannot say.

    Args:
        body: The body; empty is fine.

    Raises:
        InputError: It is refused.
    """
    try:
        content = json.loads(body) if body else None
        json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise InputError("the body is no JSON", remedy="send one JSON object") from None


class VersionError(Exception):
    """`If-Match` is missing, or names no version.

    Args:
        status: 428 or 412.
    """

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def version_in(if_match: str | None) -> int:
    """The version a change is based on.

    Args:
        if_match: The header.

    Raises:
        VersionError: It is missing, or names no version.
    """
    if not if_match or if_match.strip() == "*":
        raise VersionError(428)
    found = _TAG.fullmatch(if_match.strip())
    if not found:
        raise VersionError(412)
    return int(found[1])


def answered(content: BaseModel, tag: int | None = None, status: int = 200) -> Response:
    """A value as JSON.

    Args:
        content: The value.
        tag: Its version, if it has one.
        status: HTTP status.
    """
    headers = {} if tag is None else {"etag": f'"{tag}"'}
    body = content.model_dump_json(exclude_none=False)
    return Response(body, status, headers, media_type="application/json")


def shown(request: Request, draft: Draft) -> Response:
    """A draft as JSON.

    Args:
        request: The request it answers.
        draft: The draft.
    """
    assignee = context_of(request).store.assignee(draft.ref.run, draft.ref.slug)
    return answered(DraftView.of(draft, assignee), draft.version)


def changed(
    request: Request, ref: Ref, if_match: str | None, do: Callable[[int], Draft]
) -> Response:
    """Carry out a change, and give the draft as it stands then.

    Args:
        request: The request.
        ref: The draft.
        if_match: The version it is based on.
        do: Carries it out on that version.

    Raises:
        ShipskipError: It is refused.
    """
    try:
        base = version_in(if_match)
        _check_version(request, ref, base)
        draft = do(base)
    except VersionError as error:
        return refused(error.status)
    except StaleDraftError as error:
        return stale(error)
    return shown(request, draft)


def _check_version(request: Request, ref: Ref, version: int) -> None:
    if version > len(context_of(request).store.revisions(ref.run, ref.slug)):
        raise VersionError(412)


def refused(status: int) -> Response:
    """The answer to a change without a version, or with one that is none.

    Args:
        status: 428 or 412.
    """
    detail = "a change names the version it is based on" if status == 428 else "no such version"
    return problem(status, detail, 'send If-Match with the ETag of what you read, e.g. "3"')


def stale(error: StaleError) -> Response:
    """The answer to a change that came too late, with the merge.

    Args:
        error: What came too late.
    """
    if not isinstance(error, StaleDraftError):
        return problem(412, error.message, error.remedy)
    merge = error.merge
    found = {
        "version": error.draft.version,
        "base": error.base,
        "changes": merge.changes,
        "theirs": merge.theirs,
        "clashes": [
            {"field": one.path, "base": one.base, "mine": one.mine, "theirs": one.theirs}
            for one in merge.clashes
        ],
    }
    response = problem(412, error.message, error.remedy, merge=found)
    response.headers["etag"] = f'"{error.draft.version}"'
    return response


def problem(status: int, detail: str, remedy: str, **more: Any) -> Response:
    """A refusal as programs are told it (RFC 9457).

    Args:
        status: HTTP status.
        detail: What happened.
        remedy: What to do next.
        more: Further members.
    """
    titles = {412: "Somebody was faster", 428: "Which version?"}
    told = {"type": "about:blank", "title": titles[status], "status": status}
    content = {**told, "detail": detail, "remedy": remedy, **more}
    return JSONResponse(content, status, media_type=PROBLEM)
