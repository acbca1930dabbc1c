"""`shipskip review`: the main job, from dossiers to scorecards."""

from pathlib import Path

from panel.cli import options
from panel.cli.diagnostics import exit_with, say


def review(  # noqa: PLR0913, PLR0917 - a command has as many parameters as options
    names: options.Dossiers,
    seats: options.Seats = None,
    llm: options.Llm = None,
    base_url: options.BaseUrl = None,
    samples: options.Samples = None,
    concurrency: options.Concurrency = None,
    timeout: options.Timeout = None,
    out: options.Out = None,
    dry_run: options.DryRun = False,
    max_cost: options.MaxCost = None,
    allow_unknown_cost: options.AllowUnknownCost = None,
    rate: options.Rate = None,
    token_rate: options.TokenRate = None,
    lead: options.Lead = None,
    service_tier: options.ServiceTier = None,
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
    """Have a panel review dossiers and print their scorecards."""
    given = options.settings_of(locals())
    from panel.bootstrap.house import House
    from panel.cli.running import order, show_plan

    # An editor waits for a review: the provider's batch API is for lists.
    house = House.open(Path.cwd(), given | {"provider_batch": False})
    if dry_run:
        show_plan(house, names, as_json=as_json)
        say("nothing was asked and nothing was spent")
        return
    exit_with(order(house, names, out=out, as_json=as_json))
