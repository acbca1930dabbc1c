"""`shipskip batch`: a list of dossiers overnight, at a known price."""

from pathlib import Path

from panel.cli import options
from panel.cli.diagnostics import exit_with, say
from panel.cli.working import Priority


def batch(  # noqa: PLR0913, PLR0917 - a command has as many parameters as options
    path: options.ListFile,
    seats: options.Seats = None,
    llm: options.Llm = None,
    base_url: options.BaseUrl = None,
    samples: options.Samples = None,
    name: options.Name = "",
    skip_bad: options.SkipBad = False,
    dry_run: options.DryRun = False,
    max_cost: options.MaxCost = None,
    allow_unknown_cost: options.AllowUnknownCost = None,
    rate: options.Rate = None,
    token_rate: options.TokenRate = None,
    concurrency: options.Concurrency = None,
    lead: options.Lead = None,
    provider_batch: options.ProviderBatch = None,
    deadline: options.Deadline = None,
    service_tier: options.ServiceTier = None,
    out: options.CardsFile = None,
    here: options.Here = None,
    priority: Priority = 0,
    timeout: options.Timeout = None,
    quorum: options.Quorum = None,
    output_mode: options.OutputMode = None,
    temperature: options.Temperature = None,
    max_tokens: options.MaxTokens = None,
    seed: options.Seed = None,
    input_price: options.InputPrice = None,
    output_price: options.OutputPrice = None,
    max_retries: options.MaxRetries = None,
    recuse: options.Recuse = None,
    log_level: options.LogLevel = None,
    log_file: options.LogFile = None,
    log_format: options.LogFormat = None,
    as_json: options.Json = False,
) -> None:
    """Have a panel review a list of dossiers, and tell how they came out.

    The whole list is checked before anything is spent. Ctrl-C once lets the calls in flight come
    home, twice stops at once; `shipskip runs resume` goes on, and nothing is asked twice.
    """
    given = options.settings_of(locals())
    from panel.bootstrap.house import House
    from panel.cli.lists import ListOrder, order_list, show_list_plan

    house = House.open(Path.cwd(), given)
    wanted = ListOrder(
        path=path,
        name=name,
        skip_bad=skip_bad,
        out=out,
        here=here,
        priority=priority,
        as_json=as_json,
    )
    if dry_run:
        show_list_plan(house, wanted)
        say("nothing was asked and nothing was spent")
        return
    exit_with(order_list(house, wanted))
