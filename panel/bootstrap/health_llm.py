"""What `shipskip doctor` says about the llm: is it there, may it be asked, does it keep to schemas.

The probe measures, this module judges: what works, what only warns, and what to change.
"""

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from panel.bootstrap.health import Finding
from panel.bootstrap.house import House
from panel.domain.llm import LlmSettings, OutputMode
from panel.domain.review import Failure
from panel.errors import InputError
from panel.judging.endpoints import KEY_VARIABLE, key_of
from panel.judging.probe import MOST_CALLS, Probe, Trial, probe

_KEY_FAULTS = frozenset({"key-refused", "forbidden", "out-of-credit"})
_UNREACHED = frozenset({"dropped", "timeout", "not-an-api"})

_HELD = {
    "enforced": "enforced",
    "followed": "not enforced, but the llm kept to the schema",
    "ignored": "accepted but ignored",
}


def announcement(llm: LlmSettings) -> str:
    """What a person is told before anything is sent.

    Args:
        llm: Who will be asked.
    """
    where = f" at {llm.base_url}" if llm.base_url else ""
    return (
        f"asking {llm.label}{where}: at most {MOST_CALLS} short calls, about 6,000 tokens in all;"
        " no dossier is sent"
    )


def llm_setup(house: House, environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Which llms are configured, and whether their keys are there; nothing is sent.

    Args:
        house: Workspace and settings.
        environ: Where keys are found.
    """
    try:
        llm = house.llm()
    except InputError as error:
        yield Finding("llm", "fail", error.problems[0].message, error.problems[0].remedy)
        return
    yield _setup("llm", llm, environ)
    for name in house.settings.seats:
        try:
            persona = house.personas.load(name)
            own = house.llm(persona)
        except InputError:
            continue  # told under personas or panel
        if persona.llm and own != llm:
            yield _setup(f"llm of {name}", own, environ)


def _setup(about: str, llm: LlmSettings, environ: Mapping[str, str]) -> Finding:
    if llm.is_rubric:
        return Finding(about, "ok", "none configured: the offline rubric judge drafts, at no cost")
    if key_of(llm.kind, environ):
        return Finding(about, "ok", f"{llm.label}, a key is in the environment")
    if llm.base_url or llm.kind in {"ollama", "vllm"}:
        return Finding(about, "ok", f"{llm.label}, no key in the environment, none may be needed")
    remedy = f"set {KEY_VARIABLE} or the provider's own variable in the environment"
    return Finding(about, "fail", f"{llm.label}, no key in the environment", remedy)


async def llm_findings(
    house: House, llm: LlmSettings, environ: Mapping[str, str] = os.environ
) -> list[Finding]:
    """Probe an endpoint and judge what came back.

    Args:
        house: For the settings it is going to be used with.
        llm: Who is asked.
        environ: Where keys are found.

    Raises:
        InputError: It cannot be asked at all: unknown kind, missing library, missing key.
    """
    found = await probe(llm, seconds=house.settings.timeout, environ=environ)
    return list(judged(found, llm))


def judged(found: Probe, llm: LlmSettings) -> Iterator[Finding]:
    """What a probe means for reviews.

    Args:
        found: What the endpoint turned out to be.
        llm: As it is configured.
    """
    stopped = found.failure if not any(trial.held for trial in found.trials) else None
    yield from _reached(found, llm, stopped)
    if stopped is None or len(found.trials) > 1:
        yield from _modes(found, llm)
        yield _seed(found)
    if stopped is None:
        yield from _cache(found)
        yield _price(found)


def _reached(found: Probe, llm: LlmSettings, stopped: Failure | None) -> Iterator[Finding]:
    kind = stopped.kind if stopped else None
    if stopped and kind in _UNREACHED:
        yield Finding("endpoint", "fail", stopped.detail, stopped.remedy)
        return
    yield Finding("endpoint", "ok", "reachable")
    if stopped and kind in _KEY_FAULTS:
        yield Finding("key", "fail", stopped.detail, stopped.remedy)
        return
    if stopped and kind == "no-such-llm":
        yield Finding("llm name", "fail", stopped.detail, _other_names(found, llm, stopped))
        return
    if stopped and len(found.trials) == 1:
        yield Finding("answer", "fail", stopped.detail, stopped.remedy)
        return
    yield Finding("key", "ok", "accepted, or none needed")
    if stopped is None:
        other = found.answered_by and found.answered_by != llm.name
        yield Finding("llm name", "ok", f"answers as {found.answered_by}" if other else "known")


def _other_names(found: Probe, llm: LlmSettings, stopped: Failure) -> str:
    if not found.known:
        return stopped.remedy
    near = get_close_matches(llm.name, found.known, n=3, cutoff=0.4)
    listed = near or list(found.known[:8])
    more = len(found.known) - len(listed)
    return f"it offers {', '.join(listed)}" + (f" and {more} more" if more else "")


def _modes(found: Probe, llm: LlmSettings) -> Iterator[Finding]:
    for trial in found.trials:
        yield _mode(trial, llm.output_mode, found.best)
    if found.best is None:
        remedy = "use another llm or server; reviews would end as invalid answers"
        yield Finding("output mode", "fail", "no mode gives a structured answer", remedy)
    elif found.best != llm.output_mode:
        remedy = f"set --output-mode {found.best} (setting output_mode)"
        configured = found.trial(llm.output_mode)
        standing = "fail" if configured and configured.failure else "warn"
        detail = f"{found.best} is the best here; {llm.output_mode} is configured"
        yield Finding("output mode", standing, detail, remedy)
    else:
        yield Finding("output mode", "ok", f"{found.best}, as configured, is the best here")


def _mode(trial: Trial, configured: OutputMode, best: OutputMode | None) -> Finding:
    about = f"schema, {trial.mode}"
    if trial.held in {"enforced", "followed"}:
        return Finding(about, "ok", _HELD[trial.held])
    matters = trial.mode == configured or best is None
    standing = "warn" if matters else "ok"
    remedy = "see the output mode below" if matters else ""
    if trial.failure:
        why = trial.failure.detail
        return Finding(about, standing, f"refused ({why})", remedy)
    seen = f": {trial.seen}" if trial.seen else ""
    return Finding(about, standing, f"{_HELD['ignored']}{seen}", remedy)


def _seed(found: Probe) -> Finding:
    if found.seed == "accepted":
        return Finding("seed", "ok", "accepted")
    if found.seed == "refused":
        remedy = "use a gateway that drops parameters it does not know, or another llm"
        return Finding("seed", "fail", "calls with a seed are refused", remedy)
    if found.seed == "not sent":
        remedy = "samples will differ, but cannot be drawn again"
        return Finding("seed", "warn", "this provider takes none", remedy)
    return Finding("seed", "warn", "could not be told", "mend the failures above first")


def _cache(found: Probe) -> Iterator[Finding]:
    if found.failure:
        detail = f"a prompt of about 2,500 tokens got no answer: {found.failure.detail}"
        yield Finding("long prompt", "fail", detail, found.failure.remedy)
    elif found.input_tokens is None:
        remedy = "costs cannot be told, and spending cannot be capped after the fact"
        yield Finding("tokens", "warn", "not reported", remedy)
    elif found.cached_tokens:
        detail = f"{found.cached_tokens:,} of {found.input_tokens:,} tokens of a repeated prompt"
        yield Finding("cached tokens", "ok", detail)
    else:
        remedy = "reckon that each seat pays for its whole prompt"
        yield Finding("cached tokens", "warn", "none reported for a repeated prompt", remedy)


def _price(found: Probe) -> Finding:
    calls = f"this took {found.calls} calls"
    if found.price_known:
        cost = "an unknown sum" if found.cost is None else f"{found.cost:.4f} USD"
        return Finding("price", "ok", f"known; {calls} and {cost}")
    remedy = "give --input-price and --output-price (0 for a machine of your own)"
    return Finding("price", "warn", f"unknown; {calls}", remedy)
