"""Builds one generation of a small site: `python -m tests.publishing.site.builder OUT GENERATION`.

Says each page before it is made, so that whoever started it can kill it at a page of their choice.
"""

import sys
from pathlib import Path

from panel.publishing.site.build import publish
from tests.publishing.site.toys import Toy, ToyBook

PAGES = 40
END = "</html>\n"


def texts(generation: int) -> dict[str, str]:
    """What the pages say: every third is new each time, and one comes while another goes."""
    names = [f"m{number}" for number in range(generation, generation + PAGES)]
    links = "".join(f'<a href="/models/{name}/">' for name in names)
    found = {"index.html": f"<html>{generation}{links}{END}"}
    for at, name in enumerate(names):
        said = generation if at % 3 == 0 else 0
        near = "".join(f'<a href="/models/{names[one % PAGES]}/">' for one in (at + 1, at + 2))
        found[f"models/{name}/index.html"] = f"<html>{said}{near}<a href='/'>{END}"
    return found


class Told(list[str]):
    """Says what is put into it."""

    def append(self, value: str, /) -> None:
        """Say it."""
        print(value, flush=True)


def main() -> None:
    """Build."""
    out, generation = Path(sys.argv[1]), int(sys.argv[2])
    assert ToyBook
    publish(out, Toy(texts(generation), log=Told()))
    print("done", flush=True)


if __name__ == "__main__":
    main()
