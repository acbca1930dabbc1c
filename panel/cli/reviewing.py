"""`shipskip review`: the main job, from dossiers to scorecards."""

from pathlib import Path
from typing import Any

from panel.cli import options
from panel.cli.diagnostics import exit_with, say


@options.adds(**options.ASKING)
def review(
    names: options.Dossiers,
    *,
    out: options.Out = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    **given: Any,
) -> None:
    """Have a panel review dossiers and print their scorecards."""
    from panel.bootstrap.house import House
    from panel.cli.running import order, show_plan

    # An editor waits for a review: the provider's batch API is for lists.
    flags = options.settings_of(given | {"provider_batch": False})
    house = House.open(Path.cwd(), flags)
    if dry_run:
        show_plan(house, names, as_json=as_json)
        say("nothing was asked and nothing was spent")
        return
    exit_with(order(house, names, out=out, as_json=as_json))
