"""Brings scorecards to the desk: whatever runs left behind gets its place in the queue."""

from collections.abc import Callable, Collection, Iterable

from panel.domain.editing.queue import QueueRow
from panel.editing.drafts import Drafts, Ref
from panel.editing.rows import queue_row, search_text
from panel.errors import TamperError
from panel.store.store import Store

_PAGE = 200


def adopt(store: Store, drafts: Drafts, rest: Callable[[], None] = lambda: None) -> int:
    """Give every new or newly reduced scorecard its row in the queue.

    Args:
        store: Where records are kept.
        drafts: Reads them.
        rest: Called after each one, so that thousands leave others room; may raise to end it.

    Returns:
        How many were brought in.

    Raises:
        TamperError: A record is not as it was written; all other drafts were brought in first.
        StoreError: The database cannot be read or written.
    """
    count, tampered = 0, dict[Ref, TamperError]()
    while page := _unadopted(store, tampered):
        rows = list[tuple[QueueRow, str, str]]()
        for ref in page:
            try:
                rows.append(_row(drafts, ref))
            except TamperError as error:
                tampered[ref] = error
            rest()
        store.put_drafts(rows)
        count += len(rows)
    for error in tampered.values():
        raise error
    return count


def _unadopted(store: Store, tampered: Collection[Ref]) -> list[Ref]:
    found = (Ref(*one) for one in store.unadopted(_PAGE + len(tampered)))
    return [ref for ref in found if ref not in tampered]


def refresh(store: Store, drafts: Drafts, refs: Iterable[Ref]) -> None:
    """Make the rows of some drafts again, e.g. after their dossier changed.

    Args:
        store: Where records are kept.
        drafts: Reads them.
        refs: Which.
    """
    store.put_drafts([_row(drafts, ref) for ref in refs])


def _row(drafts: Drafts, ref: Ref) -> tuple[QueueRow, str, str]:
    draft = drafts.draft(ref)
    return queue_row(draft), search_text(draft), draft.papers.card.digest
