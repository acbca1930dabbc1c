"""Options of the commands, declared once.

Every option that is also a setting is None when it was not given, so that the environment and
`shipskip.toml` can speak; limits and defaults are the settings' own.
"""

from pathlib import Path
from typing import Annotated

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
    str | None, typer.Option("--max-cost", help="Refuse an order that may cost more USD.")
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
