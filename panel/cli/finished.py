"""Leaves a finished run alone, quickly: nothing that could ask an llm is imported for it."""

from panel.bootstrap.house import House
from panel.cli.diagnostics import give, say
from panel.domain.run import Run
from panel.publishing.table import lines
from panel.publishing.words import counted
from panel.store.store import Store


def nothing_left(house: House, name: str, *, as_json: bool) -> bool:
    """Whether a run is finished; if so, the person is told where to look.

    Args:
        house: Workspace and settings.
        name: Run id, the beginning of one, or `latest`.
        as_json: Whether to print its scorecards as JSON lines, as any resume does.
    """
    with house.store(write=False) as store:
        run = store.run(store.resolve_run(name))
        if run.state != "finished":
            return False
        if as_json:
            _give_scorecards(store, run)
        say(f"run {run.id} is finished: nothing is left to do")
        if failed := len(store.failures(run.id)):
            failed_seats = counted(failed, "failed seat")
            say(f"ask {failed_seats} again: shipskip runs retry-failed {run.id}")
        say(f"look at it: shipskip runs show {run.id}")
        say(f"pages: shipskip runs export {run.id}")
        return True


def _give_scorecards(store: Store, run: Run) -> None:
    cards = store.iter_scorecards(run.id)
    for line in lines(cards, "jsonl", lambda card: store.reviews_of(run.id, card.slug)):
        give(line.rstrip("\n"))
