"""How a list of dossiers came out: a table of its scorecards, what failed, and what it cost."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rich.cells import set_cell_size
from rich.console import Console
from rich.text import Text

from panel.cli.diagnostics import say
from panel.cli.progress_words import at_risk_words, duration, kind_words, ledger_words, usd
from panel.cli.tables import Terminal
from panel.domain.progress import Progress
from panel.domain.run import Run
from panel.domain.scorecard import Outcome, Scorecard
from panel.judging.remedies import failure
from panel.publishing.seats import GLYPHS, Shape
from panel.publishing.words import UNKNOWN, counted, listed, one_line, percent
from panel.store.store import Store

MOST_ROWS = 40
"""Rows a terminal is shown; a file or a pipe gets all of them."""

_WIDTH = 110
_GAP = "  "
_FIXED = {"outcome": 11, "ship": 8, "interval": 12, "flags": 7, "cost": 8}
_OUTCOMES: dict[Outcome, tuple[str, Shape, str]] = {
    "ship": ("ship", "disc", "green"),
    "skip": ("skip", "diamond", "red"),
    "split": ("split", "half", "bold yellow"),
    "no_quorum": ("no quorum", "cross", "bold magenta"),
}


def print_ending(store: Store, run: Run, progress: Progress, *, as_json: bool) -> None:
    """Print what came of a run: its scorecards to stdout, where to go on to stderr.

    Args:
        store: Where its scorecards lie.
        run: The run.
        progress: How far it is.
        as_json: Whether stdout has the scorecards as JSON already.
    """
    if as_json:
        outcomes: Counter[Outcome] = Counter()
        outcomes.update(card.outcome for card in store.iter_scorecards(run.id))
        for line in _summary(progress, outcomes):
            say(line)
    else:
        print_table(store, run, progress)
    if progress.failed:
        say(f"ask failed seats again: shipskip runs retry-failed {run.id}")
    say(f"read one: shipskip runs show {run.id} --dossier SLUG")
    say(f"pages: shipskip runs export {run.id}")


def print_table(store: Store, run: Run, progress: Progress) -> None:
    """Print the scorecards of a run as a table, and its sums.

    Args:
        store: Where its scorecards lie.
        run: The run.
        progress: How far it is.
    """
    on_terminal = sys.stdout.isatty()
    out = Terminal(highlight=False, markup=False, emoji=False)
    out.width = min(out.width, _WIDTH) if on_terminal else _WIDTH
    most = MOST_ROWS if on_terminal else None
    outcomes = print_rows(store.iter_scorecards(run.id), out, run.id, most)
    for line in _summary(progress, outcomes):
        out.print(line, soft_wrap=True)


@dataclass
class _Sorted:
    """Rows for a terminal: those an editor looks at first, then the others, as many as fit."""

    most: int
    first: list[Text] = field(default_factory=list[Text])
    rest: list[Text] = field(default_factory=list[Text])
    seen: int = 0

    def take(self, card: Scorecard, row: Text) -> None:
        """Keep a row if it may be shown."""
        self.seen += 1
        kept = self.first if _remarkable(card) else self.rest
        if len(kept) < self.most:
            kept.append(row)

    @property
    def shown(self) -> list[Text]:
        """The rows that fit."""
        return [*self.first, *self.rest][: self.most]


def print_rows(
    cards: Iterable[Scorecard], out: Console, run: str, most: int | None
) -> Counter[Outcome]:
    """Print scorecards as rows, in one pass over them.

    Args:
        cards: The scorecards.
        out: Where to print.
        run: Their run, named where rows are left out.
        most: Most rows, those first that an editor looks at first; None for all, as they come.

    Returns:
        How often each outcome was seen.
    """
    widths = _widths(out.width)
    outcomes: Counter[Outcome] = Counter()
    kept = _Sorted(most or 0)
    for card in cards:
        if not outcomes:
            out.print(Text(_laid_out(widths, list(widths)), "dim"), soft_wrap=True)
        outcomes[card.outcome] += 1
        row = Text(_laid_out(widths, _cells(card)), _OUTCOMES[card.outcome][2])
        if most is None:
            out.print(row, soft_wrap=True)
        else:
            kept.take(card, row)
    for row in kept.shown:
        out.print(row, soft_wrap=True)
    if kept.seen > len(kept.shown):
        more = kept.seen - len(kept.shown)
        out.print(f"... and {more:,} more: shipskip runs scorecards {run}", soft_wrap=True)
    if outcomes:
        out.print()
    return outcomes


def _remarkable(card: Scorecard) -> bool:
    return card.outcome in {"split", "no_quorum"} or card.answered < card.seats


def _widths(width: int) -> dict[str, int]:
    """Columns by heading; the two that hold names share what is left."""
    left = max(width - sum(_FIXED.values()) - (len(_FIXED) + 1) * len(_GAP), 20)
    fixed = dict(_FIXED)
    last = {name: fixed.pop(name) for name in ("flags", "cost")}
    return {"model": left - left * 2 // 5, **fixed, "dissent": left * 2 // 5, **last}


def _laid_out(widths: dict[str, int], cells: list[str]) -> str:
    sized = [
        set_cell_size(cell if len(cell) <= width else f"{cell[: width - 1]}\u2026", width)
        for cell, width in zip(cells, widths.values(), strict=True)
    ]
    return _GAP.join(sized).rstrip()


def _cells(card: Scorecard) -> list[str]:
    word, shape, _ = _OUTCOMES[card.outcome]
    interval = card.interval
    failed = card.seats - card.answered
    dissent = (", ".join(card.dissent), f"{failed} failed" if failed else "")
    return [
        one_line(card.name),
        f"{GLYPHS[shape]} {word}",
        f"{card.ships} of {card.seats}",
        f"{interval.low * 100:.0f} to {percent(interval.high)}" if interval else "-",
        "; ".join(part for part in dissent if part) or "-",
        f"{card.blocking} / {card.warnings}",
        UNKNOWN if card.cost is None else usd(card.cost),
    ]


def _summary(progress: Progress, outcomes: Counter[Outcome]) -> Iterator[str]:
    words = [f"{outcomes[one]:,} {_OUTCOMES[one][0]}" for one in _OUTCOMES if outcomes[one]]
    yield f"{counted(progress.scored, 'scorecard')}: {listed(words)}" if words else "no scorecard"
    missing = progress.dossiers - progress.scored
    if missing:
        yield f"{counted(missing, 'dossier')} without a scorecard yet"
    if progress.failed:
        yield f"{progress.failed:,} of {progress.done:,} reviews failed: {kind_words(progress)}"
        for kind in sorted(progress.kinds, key=lambda kind: -progress.kinds[kind]):
            yield f"  {kind} -> {failure(kind, '').remedy}"
    yield f"cost: {_cost(progress)}"
    risk = at_risk_words(progress.ledger)
    if risk:
        yield f"calls that may have been billed: {risk}"
    yield f"time: {duration(progress.working)}"


def _cost(progress: Progress) -> str:
    ledger = progress.ledger
    words = ledger_words(ledger)
    if ledger.spent and progress.scored:
        words += f", {usd(ledger.spent / progress.scored)} a scorecard"
    if ledger.cached_share is not None:
        words += f"; {percent(ledger.cached_share)} of the tokens sent came from the cache"
    return words
