"""Takes votes: a plain form in, a page that says thanks out, and counts for whoever asks."""

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from panel.domain.publication.votes import LEAST, Tally, Vote
from panel.public.context import Context, context_of
from panel.public.pages import count, draw, not_found, refuse
from panel.public.visitors import (
    address_of,
    keep_visitor,
    known_visitor,
    network_digest,
    network_of,
    new_visitor,
    visitor_digest,
)

VOTES_A_MINUTE = 60
"""Votes that one network may send within a minute."""


def vote(request: Request) -> Response:
    """Takes a vote on a model, and leads to the page that says so.

    Args:
        request: A POST with the field `call`.
    """
    context, slug = context_of(request), request.path_params["slug"]
    if not context.takes_votes(slug):
        return not_found(request)
    call = request.state.fields.get("call")
    if call not in ("ship", "skip"):
        raise refuse(400, "A vote is ship or skip", "Go back, and choose one of the two.")
    address = address_of(request)
    count(context, f"vote {network_of(address)}", VOTES_A_MINUTE, 60)
    at = context.clock()
    salt = context.salts.of(at.date())
    name = known_visitor(request, context.secret) or new_visitor(request, context.secret, salt)
    cast = Vote(
        slug=slug,
        visitor=visitor_digest(name),
        network=network_digest(address, salt),
        call=call,
        at=at,
    )
    with context.records.writing() as store:
        store.cast_vote(cast)
    response = RedirectResponse(f"./{slug}", 303)
    keep_visitor(response, name, context.secret, is_https=context.is_https)
    return response


def voted(request: Request) -> Response:
    """Shows a visitor's own vote on a model, and what all come to.

    Args:
        request: A GET.
    """
    context, slug = context_of(request), request.path_params["slug"]
    if not context.takes_votes(slug):
        return not_found(request)
    name = known_visitor(request, context.secret)
    mine = context.records.reading().vote_of(slug, visitor_digest(name)) if name else None
    said = {
        "slug": slug,
        "call": mine.call if mine else "",
        "tally": _tally(context, slug),
        "least": LEAST,
    }
    return draw(request, "vote.html.j2", said)


def tally(request: Request) -> Response:
    """What the votes on a model come to, for scripts.

    Args:
        request: A GET.
    """
    context, slug = context_of(request), request.path_params["slug"]
    if not context.takes_votes(slug):
        return JSONResponse({"error": "no votes are taken on this"}, 404)
    found = _tally(context, slug)
    told: dict[str, object] = {"slug": slug, "n": found.n, "shown": found.shown, "least": LEAST}
    interval = found.interval
    if interval:
        told |= {"ships": found.ships, "skips": found.skips, "share": found.share}
        told |= {"low": interval.low, "high": interval.high, "method": interval.method}
        told["as_of"] = found.as_of.isoformat() if found.as_of else None
    return JSONResponse(told, headers={"cache-control": "public, max-age=30"})


def _tally(context: Context, slug: str) -> Tally:
    return context.records.reading().tallies(slug).get(slug, Tally())
