"""How settings look: values a person can read and copy, passwords taken out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from panel.bootstrap.house import House
from panel.domain.secrecy import redact
from panel.settings import ENV_PREFIX, FILE_NAME


def settings_lines(house: House, *, with_origin: bool) -> Iterator[str]:
    """One aligned line per setting.

    Args:
        house: Workspace and settings.
        with_origin: Whether to tell where each value comes from.
    """
    values = {name: _words(value) for name, value in house.settings}
    names = max(len(name) for name in values)
    width = max(len(text) for text in values.values())
    for name, text in values.items():
        told = f"  {text:<{width}}  {_origin(house, name)}" if with_origin else f"  {text}"
        yield f"{name:<{names}}{told}"


def settings_json(house: House, path: Path) -> dict[str, object]:
    """Every setting with its value and origin.

    Args:
        house: Workspace and settings.
        path: Where the settings file would be.
    """
    plain: dict[str, Any] = house.settings.model_dump(mode="json")
    plain["database_url"] = redact(house.settings.database_url)
    return {
        "file": str(path) if path.is_file() else None,
        "settings": {
            name: {"value": value, "origin": house.origins[name]} for name, value in plain.items()
        },
    }


def _words(value: object) -> str:
    if value is None:
        return "(not set)"
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return redact(str(value))


def _origin(house: House, name: str) -> str:
    origin = house.origins[name]
    places = {"file": FILE_NAME, "environment": f"environment, {ENV_PREFIX}{name.upper()}"}
    return places.get(origin, origin)
