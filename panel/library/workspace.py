"""Where things lie: the editor's own folder first, the files that ship with the package behind it.

A file of the workspace wins over the shipped one of the same name, file by file, so that editing
one persona does not freeze the other four.
"""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

SETTINGS_FILE = "shipskip.toml"


@dataclass(frozen=True)
class Workspace:
    """One editorial team's folder.

    Attributes:
        root: The folder; nothing needs to exist in it.
    """

    root: Path

    @classmethod
    def find(cls, start: Path) -> "Workspace":
        """The workspace that a folder lies in.

        Args:
            start: Where to begin; the way leads upwards.

        Returns:
            The nearest folder with `shipskip.toml` or `dossiers/`, else `start` itself.
        """
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / SETTINGS_FILE).is_file() or (folder / "dossiers").is_dir():
                return cls(folder)
        return cls(start)

    @property
    def dossiers(self) -> Path:
        """Folder of the dossiers."""
        return self.root / "dossiers"

    @property
    def personas(self) -> Path:
        """Folder of the workspace's own personas."""
        return self.root / "personas"

    @property
    def prompts(self) -> Path:
        """Folder of the workspace's own prompt templates."""
        return self.root / "prompts"

    @property
    def runs(self) -> Path:
        """Folder of results."""
        return self.root / "runs"

    def files(self, folder: str, suffix: str) -> dict[str, Path]:
        """Shipped files of a folder, overlaid by the workspace's own.

        Args:
            folder: `personas` or `prompts`.
            suffix: End of the file names wanted, e.g. `.md`.

        Returns:
            Path by name without suffix, in the order of the names; `README.md` and hidden files
            are no data and stay out.
        """
        found: dict[str, Path] = {}
        for place in (shipped(folder), self.root / folder):
            for path in place.glob(f"*{suffix}"):
                if path.name != "README.md" and not path.name.startswith("."):
                    found[path.name.removesuffix(suffix)] = path
        return dict(sorted(found.items()))


def shipped(folder: str) -> Path:
    """Folder of the files that ship: inside an installed wheel, beside the package in a checkout.

    Args:
        folder: `personas` or `prompts`.
    """
    package = Path(str(resources.files("panel")))
    inside = package / "shipped" / folder
    return inside if inside.is_dir() else package.parent / folder
