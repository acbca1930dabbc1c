"""Whether two models may stand side by side, and what to do when they may not.

Two results say something about each other only when equal panels were asked in the same way about
dossiers of about the same day. Everything that differs is named, and the order that ends it.
"""

import shlex
from collections.abc import Iterator, Sequence

from panel.domain.llm import LlmSettings
from panel.domain.publication.release import Published
from panel.domain.reduction import quorum_default
from panel.domain.run import Panel
from panel.domain.value import Slug, Value


class Reason(Value):
    """Something that keeps two models from being compared.

    Attributes:
        what: What differs, e.g. `seats`.
        a: How it is on the side of A.
        b: How it is on the side of B.
    """

    what: str
    a: str
    b: str


class Comparability(Value):
    """Whether two models may be compared.

    Attributes:
        a: Slug of A.
        b: Slug of B.
        reasons: Everything that keeps them from it; empty when they may be compared.
        steps: What to do about it, in order: commands and sentences.
    """

    a: Slug
    b: Slug
    reasons: tuple[Reason, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def fine(self) -> bool:
        """Whether they may be compared."""
        return not self.reasons


def comparability(a: Published, b: Published, days: int) -> Comparability:
    """Whether two models may be compared, with every reason why not.

    Args:
        a: One model.
        b: Another.
        days: Most days that the as-of dates of their dossiers may lie apart.
    """
    asked = tuple(_asked(a, b))
    apart = tuple(_apart(a, b, days))
    gone = tuple(_gone(a, b))
    reasons = (*gone, *asked, *apart)
    steps = tuple(_steps(a, b, anew=bool(asked or apart), old=bool(apart), gone=bool(gone)))
    return Comparability(a=a.slug, b=b.slug, reasons=reasons, steps=steps)


def _gone(a: Published, b: Published) -> Iterator[Reason]:
    states = ["retracted" if one.retraction else "live" for one in (a, b)]
    if "retracted" in states:
        yield Reason(what="state", a=states[0], b=states[1])


def _apart(a: Published, b: Published, days: int) -> Iterator[Reason]:
    one, two = a.edition.dossier.as_of, b.edition.dossier.as_of
    if abs((one - two).days) > days:
        what = f"day of the dossier, {abs((one - two).days)} days apart where {days} are allowed"
        yield Reason(what=what, a=one.isoformat(), b=two.isoformat())


def _asked(a: Published, b: Published) -> Iterator[Reason]:
    """What is different in how the panels were asked; empty exactly for equal panel digests."""
    if a.panel_digest == b.panel_digest:
        return
    named = (*_panels(a.panel, b.panel), *_orders(a, b))
    yield from named or (Reason(what="panel digest", a=a.panel_digest[:12], b=b.panel_digest[:12]),)


def _panels(a: Panel, b: Panel) -> Iterator[Reason]:
    sides = [", ".join(seat.persona for seat in panel.seats) for panel in (a, b)]
    yield from _unequal("seats", *sides)
    others = {seat.persona: seat for seat in b.seats}
    both = [(seat, others[seat.persona]) for seat in a.seats if seat.persona in others]
    for one, two in both:
        yield from _unequal(f"persona {one.persona}", one.digest[:12], two.digest[:12])
    for one, two in dict.fromkeys((one.llm, two.llm) for one, two in both):
        yield from _llms(one, two)
    yield from _unequal("samples per seat", a.samples, b.samples)
    yield from _unequal("number of the first sample", a.first_sample, b.first_sample)
    yield from _unequal("quorum", a.quorum, b.quorum)


def _llms(a: LlmSettings, b: LlmSettings) -> Iterator[Reason]:
    if a.label != b.label:
        yield Reason(what="llm", a=a.label, b=b.label)
        return
    for name in LlmSettings.model_fields:
        what = f"{name.replace('_', ' ')} of {a.label}"
        yield from _unequal(what, getattr(a, name), getattr(b, name))


def _orders(a: Published, b: Published) -> Iterator[Reason]:
    one, two = a.order, b.order
    for name in sorted(one.templates.keys() | two.templates.keys()):
        digests = [order.templates.get(name, "none")[:12] for order in (one, two)]
        yield from _unequal(f"prompt template {name}", *digests)
    recusal = ["on" if order.recuse else "off" for order in (one, two)]
    yield from _unequal("recusal of the vendor's own llm", *recusal)
    for name in sorted(one.versions.keys() | two.versions.keys()):
        versions = [order.versions.get(name, "none") for order in (one, two)]
        yield from _unequal(f"version of {name}", *versions)


def _unequal(what: str, a: object, b: object) -> Iterator[Reason]:
    if a != b:
        yield Reason(what=what, a=_said(a), b=_said(b))


def _said(value: object) -> str:
    return "not set" if value is None else str(value)


def _steps(a: Published, b: Published, *, anew: bool, old: bool, gone: bool) -> Iterator[str]:
    slugs = sorted((a.slug, b.slug))
    if old:
        older = min((a, b), key=lambda one: (one.edition.dossier.as_of, one.slug))
        yield f"bring the dossier of {older.slug} up to date: its facts, and its as_of"
    if anew:
        yield review_command(slugs, newest(a, b))
    if gone or anew:
        yield f"approve and publish {slugs[0]} and {slugs[1]} at the desk"


def newest(a: Published, b: Published) -> Published:
    """The one whose run was ordered last; of two of one moment, the one whose slug comes first.

    Args:
        a: One model.
        b: Another.
    """
    one, two = sorted((a, b), key=lambda model: model.slug)
    return two if two.ordered > one.ordered else one


def review_command(slugs: Sequence[Slug], like: Published) -> str:
    """The command that has dossiers reviewed by a panel such as another one had.

    Personas and prompts are taken as the workspace has them, so that both sides get the same.

    Args:
        slugs: The dossiers.
        like: The model whose panel is meant.
    """
    panel, order = like.panel, like.order
    words = ["shipskip", "review", *slugs]
    words += ["--seats", ",".join(seat.persona for seat in panel.seats)]
    words += _llm_flags(tuple(dict.fromkeys(seat.llm for seat in panel.seats)))
    if panel.samples > 1:
        words += ["--samples", str(panel.samples)]
    if panel.quorum != quorum_default(len(panel.seats)):
        words += ["--quorum", str(panel.quorum)]
    if order.recuse:
        words.append("--recuse")
    return shlex.join(words)


_LLM_FLAGS = (
    *("base_url", "output_mode", "temperature", "max_tokens", "seed"),
    *("input_price", "output_price", "service_tier"),
)


def _llm_flags(llms: Sequence[LlmSettings]) -> Iterator[str]:
    """Flags that choose an llm; none where seats have their own, which their personas name."""
    if len(llms) != 1:
        return
    llm = llms[0]
    yield from ("--llm", llm.kind if llm.is_rubric else f"{llm.kind}:{llm.name}")
    for name in _LLM_FLAGS:
        value = getattr(llm, name)
        if value is not None and value != LlmSettings.model_fields[name].default:
            yield from (f"--{name.replace('_', '-')}", str(value))
