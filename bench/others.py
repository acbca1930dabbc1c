"""CPU per call of the libraries people would use instead, beside ours: `python -m bench.others`.

Each is installed into a virtual environment of its own outside the repository, and only asks; ours
plans, tapes, checks and commits as well. What does not install is said to be so.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bench.house import prompts_of, run, workspace
from bench.loops import agent_loop, openai_loop, timed
from bench.server import endpoint
from panel.bootstrap.house import House
from panel.domain.prompt import Prompt

_CALLERS = Path(__file__).with_name("callers.py")
_CONCURRENCY = 20
_REPEATS = 12
_ROUNDS = 3

PACKAGES: Mapping[str, tuple[str, ...]] = {
    "curator": ("bespokelabs-curator",),
    "inspect_ai": ("inspect_ai", "openai"),
    "langchain": ("langchain-openai",),
    "litellm": ("litellm",),
}
"""What is installed for each; `callers.py` asks through it."""


def main() -> None:
    """Install what is missing, measure and print milliseconds of CPU per call."""
    parser = argparse.ArgumentParser(prog="python -m bench.others", description=main.__doc__)
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser.add_argument("--cache", type=Path, default=home / "shipskip-bench")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(PACKAGES)}; all unless given")
    chosen = parser.parse_args()
    pythons = dict(_installed(chosen.cache, chosen.names or PACKAGES))
    with endpoint() as base_url, workspace(base_url, _CONCURRENCY) as plain:
        settings = plain.settings.model_copy(update={"samples": _REPEATS})
        house = House(plain.workspace, settings, plain.origins)
        best = _best(house, base_url, pythons)
    ours = best["shipskip, everything"]
    for name, milliseconds in sorted(best.items(), key=lambda found: found[1]):
        print(f"{name:<28} {milliseconds:>8.2f} ms a call   ours / it {ours / milliseconds:>6.2f}")


def _best(house: House, base_url: str, pythons: Mapping[str, Path]) -> dict[str, float]:
    """The lowest of several rounds, in which everybody has a turn; load only ever adds."""
    slugs = house.dossiers.slugs()
    prompts = prompts_of(house, slugs) * _REPEATS
    best: dict[str, float] = {}
    for _ in range(_ROUNDS):
        seconds = {
            "shipskip, everything": run(house, slugs)[0],
            "bare openai client": timed(openai_loop, base_url, prompts, _CONCURRENCY)[0],
            "bare pydantic-ai Agent": timed(agent_loop, base_url, prompts, _CONCURRENCY)[0],
        }
        for name, python in pythons.items():
            if (found := _called(name, python, base_url, prompts)) is not None:
                seconds[name] = found
        for name, found in seconds.items():
            best[name] = min(best.get(name, float("inf")), 1000 * found / len(prompts))
    return best


def _installed(cache: Path, names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Each library that is there, with the interpreter that has it."""
    for name in names:
        folder, ready = cache / name, cache / name / "installed"
        python = folder / "bin" / "python"
        if not ready.exists():
            try:
                _uv("venv", "--clear", "--python", sys.executable, folder)
                _uv("pip", "install", "--python", python, *PACKAGES[name])
            except subprocess.CalledProcessError as error:
                print(f"{name:<28} does not install: {_last(error.stderr)}", flush=True)
                continue
            ready.touch()
        yield name, python


def _uv(*arguments: str | Path) -> None:
    subprocess.run(["uv", "--quiet", *arguments], capture_output=True, text=True, check=True)


def _last(said: str) -> str:
    return (said.strip().splitlines() or ["nothing was said"])[-1]


def _called(name: str, python: Path, base_url: str, prompts: Sequence[Prompt]) -> float | None:
    """CPU seconds of one library for all prompts, start-up left out; None when it fails."""
    asked = [[prompt.rules, f"{prompt.dossier}\n\n{prompt.persona}"] for prompt in prompts]
    done = subprocess.run(
        [python, _CALLERS, name, base_url, str(_CONCURRENCY)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"{name:<28} does not run: {_last(done.stderr)}", flush=True)
        return None
    return float(_last(done.stdout))


if __name__ == "__main__":
    main()
