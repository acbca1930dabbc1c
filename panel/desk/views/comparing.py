"""Any two versions of a draft against each other, word by word."""

import re
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from panel.desk.at_hand import draft_of, must_call_first, path_of
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.desk.wordings import differences
from panel.domain.editing.content import fields_of
from panel.domain.editing.people import User
from panel.editing.drafts import Draft

router = APIRouter(prefix="/drafts/{run}/{slug}")


@router.get("/compare")
def compare(
    request: Request,
    user: Annotated[User, needs("view")],
    run: str,
    slug: str,
    *,
    old: Annotated[str, Query(alias="from", max_length=20)] = "draft",
    new: Annotated[str, Query(alias="to", max_length=20)] = "",
) -> Response:
    """Every field in which two versions differ."""
    draft = draft_of(request, run, slug)
    if must_call_first(request, user, draft):
        return see_other(request, path_of(draft.ref))
    new = new or str(draft.version)
    older, newer = version_of(draft, old), version_of(draft, new)
    papers = draft.papers
    return render(
        request,
        "compare.html.j2",
        draft=draft,
        path=path_of(draft.ref),
        old=old,
        new=new,
        old_words=_words(old, older),
        new_words=_words(new, newer),
        options=_options(draft),
        changed=differences(
            fields_of(draft.content_at(older)),
            fields_of(draft.content_at(newer)),
            papers.personas,
            samples=papers.card.samples,
        ),
    )


def version_of(draft: Draft, name: str) -> int:
    """The version somebody names.

    Args:
        draft: The draft.
        name: Its number, `draft` for what the panel drafted, `published` for what readers see.

    Raises:
        HTTPException: 404, when there is no such version.
    """
    if name == "draft":
        return 0
    if name == "published":
        live = draft.standing.live
        found = [one.version for one in draft.revisions if live and one.standing.approved == live]
        if not found:
            raise HTTPException(404, "nothing of this draft is published")
        return found[0]
    if not re.fullmatch("[0-9]{1,9}", name) or int(name) > draft.version:
        raise HTTPException(404, "this draft has no such version")
    return int(name)


def _words(name: str, version: int) -> str:
    if name == "draft" or version == 0:
        return "what the panel drafted"
    return f"version {version}, as published" if name == "published" else f"version {version}"


def _options(draft: Draft) -> list[tuple[str, str]]:
    """What can be compared."""
    found = [("draft", "what the panel drafted")]
    if draft.standing.live:
        found.append(("published", "what is published"))
    numbers = range(draft.version, 0, -1)
    return found + [(str(number), f"version {number}") for number in numbers]
