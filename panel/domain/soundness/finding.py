"""What a soundness check hands back."""

from dataclasses import dataclass
from typing import Literal

from panel.domain.keypath import KeyPath


@dataclass(frozen=True)
class Finding:
    """Something doubtful about a dossier.

    Attributes:
        path: Keys and indices down to the value, e.g. `("facts", 2, "statement")`.
        message: What is doubtful.
        remedy: What an editor can do about it.
        level: `error` keeps the dossier from being reviewed, `warning` does not.
    """

    path: KeyPath
    message: str
    remedy: str
    level: Literal["warning", "error"] = "warning"
