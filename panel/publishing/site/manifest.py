"""What a build of the site consists of: every file, what its bytes rest on, and what they are.

The next build compares keys with it and renders what differs; a folder without its manifest was
never finished and is thrown away.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

import panel
from panel.domain.value import Digest, digest_of

FORMAT = "shipskip-site-1"
_READ = ("publishing", "domain")
"""Packages whose code decides what pages say."""


class Record(NamedTuple):
    """One file of a build.

    Attributes:
        key: Digest of everything its bytes rest on.
        sha256: Digest of its bytes.
    """

    key: Digest
    sha256: Digest


@dataclass(frozen=True)
class Manifest:
    """Every file of a build.

    Attributes:
        code: Digest of the code that rendered it; keys of other code say nothing.
        files: The files by path below the root.
    """

    code: Digest
    files: Mapping[str, Record] = field(default_factory=dict[str, Record])

    def has(self, path: str, key: Digest) -> bool:
        """Whether a file is what our code would render.

        Args:
            path: The file.
            key: Digest of everything its bytes should rest on.
        """
        record = self.files.get(path)
        return record is not None and record.key == key and self.code == code_digest()


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Put a manifest in place, whole.

    Args:
        path: The file.
        manifest: What it says.

    Raises:
        OSError: The disk refuses.
    """
    paths = sorted(manifest.files)
    # In columns: with a hundred thousand files they are read twice as fast as row by row.
    plain = {
        "format": FORMAT,
        "code": manifest.code,
        "paths": paths,
        "keys": [manifest.files[path].key for path in paths],
        "sha256": [manifest.files[path].sha256 for path in paths],
    }
    draft = path.with_suffix(".partial")
    draft.write_text(json.dumps(plain, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    draft.replace(path)


def read_manifest(path: Path) -> Manifest | None:
    """A manifest, or None when there is none of ours.

    Args:
        path: The file.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            return None
        records = map(Record, plain["keys"], plain["sha256"])
        return Manifest(plain["code"], dict(zip(plain["paths"], records, strict=True)))
    except (OSError, ValueError, KeyError, TypeError):
        return None


@cache
def code_digest() -> Digest:
    """Changes whenever the code that renders pages does."""
    root = Path(panel.__file__).parent
    files = sorted(path for name in _READ for path in (root / name).rglob("*.py"))
    return digest_of("code", {str(one.relative_to(root)): one.read_text("utf-8") for one in files})
