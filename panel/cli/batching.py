"""`shipskip batch`: a list of dossiers overnight, at a known price."""

from pathlib import Path
from typing import Any

from panel.cli import options
from panel.cli.diagnostics import exit_with, say
from panel.cli.working import Priority


@options.adds(**options.ASKING, provider_batch=options.ProviderBatch, deadline=options.Deadline)
def batch(
    path: options.ListFile,
    *,
    name: options.Name = "",
    skip_bad: options.SkipBad = False,
    dry_run: options.DryRun = False,
    out: options.CardsFile = None,
    here: options.Here = None,
    priority: Priority = 0,
    as_json: options.Json = False,
    **given: Any,
) -> None:
    """Have a panel review a list of dossiers, and tell how they came out.

    The whole list is checked before anything is spent. Ctrl-C once lets the calls in flight come
    home, twice stops at once; `shipskip runs resume` goes on, and nothing is asked twice.
    """
    from panel.bootstrap.house import House
    from panel.cli.handover import Where
    from panel.cli.lists import ListOrder, order_list, show_list_plan

    house = House.open(Path.cwd(), options.settings_of(given))
    wanted = ListOrder(
        path=path,
        name=name,
        skip_bad=skip_bad,
        out=out,
        where=Where(here, priority),
        as_json=as_json,
    )
    if dry_run:
        show_list_plan(house, wanted)
        say("nothing was asked and nothing was spent")
        return
    exit_with(order_list(house, wanted))
