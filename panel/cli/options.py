"""Options of the commands, declared once.

Every option that is also a setting is None when it was not given, so that the environment and
`shipskip.toml` can speak; limits and defaults are the settings' own.
"""

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

Dossiers = Annotated[
    list[str],
    typer.Argument(metavar="SLUG|PATH...", help="Dossiers to review.", show_default=False),
]
Seats = Annotated[
    str | None, typer.Option("--seats", help="Persona ids in order, separated by commas.")
]
Llm = Annotated[
    str | None,
    typer.Option("--llm", help="KIND:NAME of the llm; without one the offline rubric drafts."),
]
BaseUrl = Annotated[
    str | None, typer.Option("--base-url", help="Address of an OpenAI-compatible server.")
]
Samples = Annotated[
    int | None, typer.Option("--samples", help="Reviews per seat and dossier [default: 1].")
]
Concurrency = Annotated[
    int | None, typer.Option("--concurrency", help="Most reviews at once [default: 32].")
]
Timeout = Annotated[
    float | None,
    typer.Option("--timeout", help="Seconds one seat may take, up to 3600 [default: 300]."),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Also write pages and JSON into this folder.", file_okay=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show calls, tokens and cost; ask nobody.")]
MaxCost = Annotated[
    str | None, typer.Option("--max-cost", help="Most USD the run may spend; it never spends more.")
]
AllowUnknownCost = Annotated[
    bool | None,
    typer.Option(
        "--allow-unknown-cost", help="With --max-cost, ask an llm of unknown price all the same."
    ),
]
Rate = Annotated[
    str | None,
    typer.Option("--rate", help="Most calls to one provider, as 500/min, 8/s or 20000/h."),
]
TokenRate = Annotated[
    str | None,
    typer.Option("--token-rate", help="Most tokens to and from one provider, as 200000/min."),
]
Lead = Annotated[
    bool | None,
    typer.Option(
        "--lead/--no-lead",
        help="First seat ahead, so that the others find its prompt cached"
        " [default: where the provider caches].",
    ),
]
ServiceTier = Annotated[
    str | None,
    typer.Option("--service-tier", help="auto, default, flex (slow, half price) or priority."),
]
Quorum = Annotated[
    int | None,
    typer.Option("--quorum", help="Seats that must answer [default: more than half]."),
]
OutputMode = Annotated[
    str | None, typer.Option("--output-mode", help="native, tool or prompted; see doctor.")
]
Temperature = Annotated[
    float | None, typer.Option("--temperature", help="Sampling temperature, 0 to 2.")
]
MaxTokens = Annotated[
    int | None, typer.Option("--max-tokens", help="Most tokens an answer may have [default: 4000].")
]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed of sample 1 [default: 7].")]
InputPrice = Annotated[
    str | None, typer.Option("--input-price", help="USD per million input tokens.")
]
OutputPrice = Annotated[
    str | None, typer.Option("--output-price", help="USD per million output tokens.")
]
MaxRetries = Annotated[
    int | None, typer.Option("--max-retries", help="Tries after the first [default: 2].")
]
Recuse = Annotated[
    bool | None,
    typer.Option("--recuse/--no-recuse", help="Seats stand aside if their llm is the vendor's."),
]
ProviderBatch = Annotated[
    bool | None,
    typer.Option(
        "--provider-batch", help="Use the provider's batch API: half price, within a day."
    ),
]
Deadline = Annotated[
    float | None,
    typer.Option(
        "--deadline", help="Hours until what a provider's batch left is called live [default: 24]."
    ),
]
ListFile = Annotated[
    Path,
    typer.Argument(
        metavar="LIST",
        help="YAML, CSV, JSON lines or plain lines of dossiers, a folder of them, or - for stdin.",
        show_default=False,
    ),
]
Name = Annotated[str, typer.Option("--name", help="What to call the run.", show_default=False)]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave bad rows out and run the rest.")]
CardsFile = Annotated[
    Path | None,
    typer.Option("--out", help="Also write the scorecards to FILE.csv, FILE.jsonl or FILE.json."),
]
Here = Annotated[
    bool | None,
    typer.Option(
        "--here/--enqueue",
        help="Work in this process, or leave it to workers [default: workers on PostgreSQL].",
    ),
]
LogLevel = Annotated[
    str | None, typer.Option("--log-level", help="error, warning, info or debug [default: off].")
]
LogFile = Annotated[
    Path | None,
    typer.Option("--log-file", help="Add the log to this file [default: stderr].", dir_okay=False),
]
LogFormat = Annotated[
    str | None, typer.Option("--log-format", help="text or json [default: text].")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")]
RunName = Annotated[
    str,
    typer.Argument(
        metavar="RUN", help="Run id, the beginning of one, or `latest`.", show_default=False
    ),
]
MaybeRun = Annotated[
    str | None,
    typer.Argument(
        metavar="RUN",
        help="Run id, the beginning of one, or `latest` [default: latest, or the folder's].",
        show_default=False,
    ),
]


ASKING: Mapping[str, Any] = {
    "seats": Seats,
    "llm": Llm,
    "base_url": BaseUrl,
    "samples": Samples,
    "max_cost": MaxCost,
    "allow_unknown_cost": AllowUnknownCost,
    "rate": Rate,
    "token_rate": TokenRate,
    "concurrency": Concurrency,
    "lead": Lead,
    "service_tier": ServiceTier,
    "timeout": Timeout,
    "quorum": Quorum,
    "output_mode": OutputMode,
    "temperature": Temperature,
    "max_tokens": MaxTokens,
    "seed": Seed,
    "input_price": InputPrice,
    "output_price": OutputPrice,
    "max_retries": MaxRetries,
    "recuse": Recuse,
    "log_level": LogLevel,
    "log_file": LogFile,
    "log_format": LogFormat,
}
"""Options of every command that orders reviews, by the setting each stands for."""


def adds(**options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command more options, None unless given, in the place of its `**given`.

    They stand behind its arguments and before its own options.

    Args:
        options: The options by parameter, e.g. `ASKING`.
    """

    def widened(command: Callable[..., None]) -> Callable[..., None]:
        own = [
            one
            for one in inspect.signature(command).parameters.values()
            if one.kind is not one.VAR_KEYWORD
        ]
        more = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
            for name, kind in options.items()
        ]
        front = [one for one in own if one.kind is not one.KEYWORD_ONLY]
        signature = inspect.Signature([*front, *more, *own[len(front) :]], return_annotation=None)
        vars(command)["__signature__"] = signature
        return command

    return widened


def settings_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings among a command's parameters, None for those that were not given.

    Args:
        given: Parameters by name.
    """
    from panel.settings import Settings

    lead = given.get("lead")
    named = {**given, "lead": None if lead is None else "on" if lead else "off"}
    return {name: named.get(name) for name in Settings.model_fields}
