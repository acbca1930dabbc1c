"""Settings from flags, environment and `shipskip.toml`, in that order of strength.

Each value remembers where it came from. No secret is a setting: keys live in the environment only
and are never shown. A plain pydantic value over `tomllib` starts four times as fast as a settings
library and tells the origin of each value.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

ENV_PREFIX = "SHIPSKIP_"
FILE_NAME = "shipskip.toml"
DEFAULT_SEATS = ("developer", "skeptic", "futurist", "business-analyst", "creator")

Origin = Literal["default", "file", "environment", "flag"]

_NOT_SETTINGS = frozenset(
    {"SHIPSKIP_API_KEY", "SHIPSKIP_DEBUG", "SHIPSKIP_DESK_SECRET"}
    | {"SHIPSKIP_SMTP_PASSWORD", "SHIPSKIP_PUBLIC_SECRET", "SHIPSKIP_PROXY_SECRET"}
)
"""Environment variables with our prefix that are read elsewhere."""


def _listed(value: Any) -> Any:
    """Accept `a,b,c` where a list is wanted."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


_UNITS = {"s": 60.0, "sec": 60.0, "min": 1.0, "m": 1.0, "h": 1 / 60, "hour": 1 / 60}


def _per_minute(value: Any) -> Any:
    """Accept `500/min`, `8/s` or `20000/h` where a number per minute is wanted."""
    if not isinstance(value, str):
        return value
    number, slash, unit = value.strip().replace(",", "").partition("/")
    if slash and unit.strip() not in _UNITS:
        raise ValueError("write a number, or one with /s, /min or /h")
    try:
        return max(1, round(float(number) * _UNITS[unit.strip() or "min"]))
    except (ValueError, OverflowError):
        raise ValueError("write a number, or one with /s, /min or /h") from None


class Settings(BaseModel):
    """Everything a person can set; the text of each field is its documentation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    llm: str | None = Field(
        None, description="Who drafts, as KIND:NAME; without one the offline rubric judge drafts."
    )
    base_url: Annotated[str, Field(pattern=r"^https?://[^\s@?#]+$")] | None = Field(
        None, description="Address of an OpenAI-compatible server, e.g. http://localhost:11434/v1."
    )
    output_mode: Literal["native", "tool", "prompted"] = Field(
        "native", description="How structured output is asked for; `shipskip doctor` tells."
    )
    temperature: Annotated[float, Field(ge=0, le=2)] | None = Field(
        None, description="Sampling temperature; left to the provider unless set."
    )
    max_tokens: Annotated[int, Field(ge=200, le=64_000)] = Field(
        4000, description="Most tokens one answer may have."
    )
    seed: Annotated[int, Field(ge=0, le=2**31)] = Field(
        7, description="Seed of sample 1; sample k uses seed + k - 1."
    )
    input_price: Annotated[Decimal, Field(ge=0)] | None = Field(
        None, description="USD per million input tokens, for endpoints no price list knows."
    )
    output_price: Annotated[Decimal, Field(ge=0)] | None = Field(
        None, description="USD per million output tokens, for endpoints no price list knows."
    )
    seats: Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)] = Field(
        DEFAULT_SEATS, description="The panel: persona ids in order, separated by commas."
    )
    samples: Annotated[int, Field(ge=1, le=100)] = Field(
        1, description="Reviews per seat and dossier."
    )
    quorum: Annotated[int, Field(ge=1, le=32)] | None = Field(
        None, description="Seats that must answer for a result; more than half unless set."
    )
    recuse: bool = Field(
        default=False,
        description="Let a seat stand aside when its llm comes from the model's vendor.",
    )
    concurrency: Annotated[int, Field(ge=1, le=1000)] = Field(
        32, description="Most reviews at once."
    )
    timeout: Annotated[float, Field(gt=0, le=3600)] = Field(
        300, description="Seconds one seat may take, its retries and mends included."
    )
    max_retries: Annotated[int, Field(ge=0, le=10)] = Field(
        2, description="Tries after the first when a connection or the provider fails."
    )
    max_cost: Annotated[Decimal, Field(ge=0)] | None = Field(
        None, description="Most USD one run may spend; looked at before every call."
    )
    allow_unknown_cost: bool = Field(
        default=False, description="Ask an llm of unknown price although max_cost is set."
    )
    rate: Annotated[int, Field(ge=1), BeforeValidator(_per_minute)] | None = Field(
        None, description="Most calls per minute to one provider: 500, 500/min, 8/s or 20000/h."
    )
    token_rate: Annotated[int, Field(ge=1), BeforeValidator(_per_minute)] | None = Field(
        None, description="Most tokens per minute to one provider, sent and received."
    )
    lead: Literal["auto", "on", "off"] = Field(
        "auto",
        description="Let the first seat of a dossier run ahead, so that the others find its prompt"
        " in the provider's cache; auto does so where the provider is known to have one.",
    )
    service_tier: Literal["auto", "default", "flex", "priority"] | None = Field(
        None, description="The provider's service tier; flex is slower and costs half."
    )
    provider_batch: bool = Field(
        default=False,
        description="Send calls through the provider's batch API: half the price, within a day.",
    )
    deadline: Annotated[float, Field(gt=0, le=240)] = Field(
        24, description="Hours after which what the batch API has not answered is called live."
    )
    database_url: str = Field(
        "sqlite:///runs/shipskip.db",
        description="Where results are kept; relative SQLite paths start at the workspace.",
    )
    desk_url: Annotated[str, Field(pattern=r"^https?://[^\s/@?#]+/?$")] | None = Field(
        None, description="Where people reach the desk when a proxy stands before it."
    )
    desk_hosts: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Host names the desk answers to besides this machine's own and desk_url's."
    )
    session_hours: Annotated[float, Field(gt=0, le=720)] = Field(
        12, description="Hours one stays signed in at the desk."
    )
    four_eyes: bool = Field(
        default=False, description="Let nobody approve words they changed last themselves."
    )
    blind_first: bool = Field(
        default=False,
        description="Ask editors for their own call before the desk shows them the panel's.",
    )
    watch: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (),
        description="What the inbox asks for new models: addresses of feeds and of lists of"
        " models, hf:ORG, openrouter.",
    )
    site_name: Annotated[str, Field(min_length=1, max_length=60)] = Field(
        "shipskip", description="What the published site calls itself."
    )
    site_url: Annotated[str, Field(pattern=r"^https?://[^\s@?#]+$")] | None = Field(
        None, description="Where readers find the site; feeds, mails and previews need it."
    )
    site_contact: Annotated[str, Field(max_length=200)] = Field(
        "", description="Where readers report a mistake: a mail address or a web address."
    )
    compare: Literal["related", "all", "listed"] = Field(
        "related",
        description="Pairs that get a page: the nearest of a category, all that can be compared, or"
        " only those in compare_pairs.",
    )
    compare_pairs: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Pairs that always get a page, as SLUG:SLUG."
    )
    compare_days: Annotated[int, Field(ge=0, le=3650)] = Field(
        45, description="Days that the dossiers of two compared models may lie apart."
    )
    moved: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Slugs that changed, as OLD:NEW; the old addresses lead to the new ones."
    )
    public_database_url: str = Field(
        "sqlite:///runs/public.db",
        description="Where votes and subscribers are kept; apart from the results, so that readers"
        " never wait for a run.",
    )
    mail_from: Annotated[str, Field(max_length=200)] = Field(
        "", description="Sender of the weekly digest and of confirmations."
    )
    smtp_url: Annotated[str, Field(pattern=r"^smtps?://[^\s/?#]+/?$")] | None = Field(
        None,
        description="Server that mail is handed to, as smtp://USER@HOST:PORT; the password is read"
        " from SHIPSKIP_SMTP_PASSWORD.",
    )
    log_level: Literal["off", "error", "warning", "info", "debug"] = Field(
        "off", description="What is logged at least; `info` when only `log_file` is set."
    )
    log_file: Path | None = Field(
        None, description="File the log is added to; stderr unless set. Starts where you are."
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="One line of `key=value` pairs, or one JSON object, for each event."
    )


class Loaded(NamedTuple):
    """Settings with the origin of each value."""

    values: dict[str, Any]
    origins: dict[str, Origin]
    unknown: list[str]


def gather(flags: Mapping[str, Any], environ: Mapping[str, str], file: Mapping[str, Any]) -> Loaded:
    """Lay flags over environment over file; nothing is validated yet.

    Args:
        flags: Values from the command line; None means not given.
        environ: The environment.
        file: Content of `shipskip.toml`.

    Returns:
        Raw values by field, their origins, and names that are no setting.
    """
    names = Settings.model_fields
    from_env = {
        name.removeprefix(ENV_PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(ENV_PREFIX) and name not in _NOT_SETTINGS and value
    }
    layers: tuple[tuple[Origin, Mapping[str, Any]], ...] = (
        ("file", file),
        ("environment", from_env),
        ("flag", {name: value for name, value in flags.items() if value is not None}),
    )
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = dict.fromkeys(names, "default")
    unknown: list[str] = []
    for origin, layer in layers:
        for name, value in layer.items():
            if name in names:
                values[name], origins[name] = value, origin
            else:
                unknown.append(name if origin == "file" else f"{ENV_PREFIX}{name.upper()}")
    return Loaded(values, origins, unknown)


def read_file(path: Path) -> dict[str, Any]:
    """Content of a settings file; empty when there is none.

    Args:
        path: The file.

    Raises:
        tomllib.TOMLDecodeError: It is not TOML.
        OSError: It cannot be read.
    """
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        return tomllib.load(file)
