"""`shipskip serve`: shows readers the built site, and takes their votes and addresses."""

from pathlib import Path
from typing import Annotated

import typer

from panel.cli.diagnostics import give, say

Site = Annotated[
    Path, typer.Option("--site", metavar="OUT", help="Folder that `shipskip publish` built.")
]


def serve(
    site: Site = Path("site"),
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port.")] = 8643,
) -> None:
    """Serve the built site to readers, and take votes and subscribers.

    A new build shows at once. Ctrl-C stops it. With a --host that others can reach it needs the
    setting site_url.
    """
    from panel.bootstrap.house import House
    from panel.bootstrap.observing import observed
    from panel.public.serving import Wanted, opened
    from panel.public.serving import serve as go_on

    house = House.open(Path.cwd())
    with observed(house.settings), opened(house, Wanted(site, host, port)) as open_site:
        if not house.settings.smtp_url:
            say("no subscribers are taken: smtp_url is not set")
        listens, at = open_site.listens_on
        say(f"listening on {listens} port {at}; Ctrl-C stops it")
        give(open_site.address)
        go_on(open_site)
    say("the site is closed; votes and subscribers are kept")
