"""Runs: which there were, how far one is, and its brakes."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from panel.desk.at_hand import run_of
from panel.desk.backstage import workshop_of
from panel.desk.context import context_of
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.domain.editing.people import Event, User
from panel.domain.progress import Progress
from panel.domain.run import Run, RunState
from panel.domain.value import Value
from panel.publishing.words import listed, money
from panel.store.records import RunSummary

router = APIRouter(prefix="/runs")

SHOWN = 30
"""Runs on the list at first."""

Runner = Annotated[User, needs("run")]


class Line(Value):
    """A run on the list.

    Attributes:
        summary: The run.
        about: Its dossiers in a few words.
        cost: What it cost, in words.
    """

    summary: RunSummary
    about: str
    cost: str


class Open(Value):
    """What may be done to a run as it stands.

    Attributes:
        stop: Whether it can be stopped, so that somebody goes on later.
        resume: Whether somebody can go on with it.
        retry: Whether it has failed seats that can be asked again.
        cancel: Whether it can be ended for good.
    """

    stop: bool = False
    resume: bool = False
    retry: bool = False
    cancel: bool = False


@router.get("")
def runs(
    request: Request,
    _user: Annotated[User, needs("view")],
    most: Annotated[int, Query(ge=1, le=1000)] = SHOWN,
) -> Response:
    """The newest runs."""
    found = context_of(request).store.runs(most + 1)
    return render(
        request,
        "runs.html.j2",
        lines=[_line(one) for one in found[:most]],
        more=min(1000, most * 4) if len(found) > most and most < 1000 else 0,
    )


@router.get("/{run}")
def run_page(request: Request, _user: Annotated[User, needs("view")], run: str) -> Response:
    """One run, live as long as it goes on."""
    found = run_of(request, run)
    progress = context_of(request).store.progress(found.id)
    here = workshop_of(request).works_on(found.id)
    ledger = progress.ledger
    return render(
        request,
        "run.html.j2",
        run=found,
        progress=progress,
        open=_open(request, progress, here=here),
        llms=listed(list(dict.fromkeys(one.llm.label for one in found.order.all_seats))),
        seats=listed([one.persona for one in found.order.seats]),
        spent=money(ledger.spent),
        at_risk=money(ledger.at_risk) if ledger.unknown or ledger.unanswered else "",
        cap="" if found.max_cost is None else money(found.max_cost),
        left=_minutes(progress.seconds_left),
    )


@router.post("/{run}/stop")
def stop(request: Request, user: Runner, run: str) -> Response:
    """Begin nothing new; calls in flight come home."""
    found = run_of(request, run)
    workshop_of(request).stop(found)
    _note(request, user, "run.stop", found)
    return _back(request, found, "Stopping: calls in flight come home first.")


@router.post("/{run}/cancel")
def cancel(request: Request, user: Runner, run: str) -> Response:
    """End it for good."""
    found = run_of(request, run)
    workshop_of(request).stop(found, for_good=True)
    _note(request, user, "run.cancel", found)
    return _back(request, found, "Cancelled: what was answered is kept.")


@router.post("/{run}/resume")
def resume(request: Request, user: Runner, run: str) -> Response:
    """Go on where it stopped; nothing is asked twice."""
    found = run_of(request, run)
    workshop_of(request).go_on(found)
    _note(request, user, "run.resume", found)
    return _back(request, found, "Going on; nothing is asked twice.")


@router.post("/{run}/retry")
def retry(request: Request, user: Runner, run: str) -> Response:
    """Ask failed seats again."""
    found = run_of(request, run)
    workshop_of(request).go_on(found, again=True)
    _note(request, user, "run.retry", found)
    return _back(request, found, "Failed seats are asked again.")


def _open(request: Request, progress: Progress, *, here: bool) -> Open:
    state: RunState = progress.state
    if state == "cancelled":
        return Open()
    elsewhere = state == "running" and not here and not _is_alone(request)
    at_work = here or elsewhere
    return Open(
        stop=at_work,
        resume=not at_work and state != "finished",
        retry=not at_work and progress.failed > progress.kinds.get("recused", 0),
        cancel=state != "finished",
    )


def _is_alone(request: Request) -> bool:
    """Whether no other process can be working on runs while the desk is open."""
    return context_of(request).store.address.is_sqlite


def _line(summary: RunSummary) -> Line:
    slugs = summary.dossiers
    about = ", ".join(slugs[:3]) if len(slugs) < 4 else f"{slugs[0]} and {len(slugs) - 1:,} more"
    return Line(summary=summary, about=about, cost=money(summary.cost))


def _minutes(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 90:
        return f"about {max(1, round(seconds))} seconds"
    minutes = round(seconds / 60)
    return f"about {minutes} minutes" if minutes < 90 else f"about {minutes / 60:.1f} hours"


def _note(request: Request, user: User, act: str, run: Run) -> None:
    context = context_of(request)
    event = Event(at=context.clock(), by=user.login, act=act, subject=f"run/{run.id}")
    context.store.add_event(event)


def _back(request: Request, run: Run, said: str) -> Response:
    return see_other(request, f"/runs/{run.id}", said)
