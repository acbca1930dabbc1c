"""A new run after the pattern of an old one, under today's dossiers, personas, prompts and llm.

What is unchanged is not asked again: its verdicts are carried over with their exchanges.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

from panel.bootstrap.house import House
from panel.bootstrap.panels import Panels
from panel.bootstrap.pinning import loader, pinned
from panel.bootstrap.planning import Plan, Seen, plan
from panel.domain.dossier import Dossier
from panel.domain.llm import LlmSettings
from panel.domain.persona import Persona
from panel.domain.reduction import quorum_default
from panel.domain.run import Order, OrderedDossier, Panel, Run
from panel.errors import InputError, StoreError
from panel.judging.estimate import Estimate, estimate_all
from panel.judging.judges import judge_of
from panel.library.orders import Row, Wishes
from panel.pipeline import Material
from panel.store.store import Store

_LIMITS = ("timeout", "concurrency", "max_retries", "rate", "token_rate", "max_cost", "lead")
_OF_LLM = ("output_mode", "temperature", "max_tokens", "seed", "service_tier")
_PRICES = ("input_price", "output_price")


@dataclass(frozen=True)
class Fork:
    """A fork that has not started.

    Attributes:
        parent: The run it follows.
        plan: The new run; its estimate holds only what is asked anew.
        carried: Keys of the reviews that are carried over.
        as_ordered: Slugs of the dossiers that are not in the workspace, and stay as they were.
    """

    parent: Run
    plan: Plan
    carried: Sequence[str]
    as_ordered: Sequence[str] = ()


def fork(house: House, run: Run, store: Store, *, seen: Seen | None = None) -> Fork:
    """Plan a run with the options of another and today's inputs.

    A dossier that is not in the workspace was ordered by its path, and is taken as it was ordered.

    Args:
        house: Workspace and settings; what was given by flag, and any llm named today, wins.
        run: The run to follow.
        store: Where it lies.
        seen: Told after each planned dossier.

    Raises:
        InputError: A dossier, persona or prompt is gone or wrong; all problems are listed.
        SpendingError: The whole order, with what is carried over, costs more than its cap.
    """
    material = pinned(run, store, house.workspace)
    options = Options(house, run, material.personas)
    rows = [_row(item, options) for item in run.order.dossiers]
    gone = tuple(row.dossier for row in rows if row.dossier not in house.dossiers)
    load = _from_either(house, run, store, frozenset(gone))
    planned = plan(options.house, rows, name=run.name, capped=False, seen=seen, load=load)
    made = _in_line(planned, run, material)
    same_checks = made.run.order.versions["checks"] == run.order.versions["checks"]
    estimate, carried = _anew(made, run, store) if same_checks else (made.estimate, ())
    return Fork(run, replace(made, estimate=estimate), carried, gone)


async def store_fork(made: Fork, store: Store, *, here: bool = True) -> None:
    """Store a fork with what it carries over; from then on it is a run that can be resumed.

    Args:
        made: The fork.
        store: An open, writable store.
        here: Whether it is to be worked on here, so that its llms must open here.

    Raises:
        InputError: An llm cannot be opened; nothing is stored then.
        StoreError: The database refuses.
    """
    run = made.plan.run
    async with AsyncExitStack() as opened:
        if here:  # opened only so that a missing key is known before anything is stored
            judge = judge_of(run, store, made.plan.prompts.mend, mode="resume")
            await opened.enter_async_context(judge)
        store.create_run(run, made.plan.documents())
        store.adopt(made.parent.id, run.id, made.carried)


class Options:
    """The options of a run as settings of today.

    An llm named today, by flag, environment or file, takes the place of the run's; every other
    option is the run's own unless a flag says otherwise.

    Args:
        house: Workspace and settings as they are now.
        run: The run.
        personas: Its personas as they were ordered.

    Attributes:
        house: The workspace under these options.
    """

    def __init__(self, house: House, run: Run, personas: Mapping[str, Persona]) -> None:
        self._run = run
        self._personas = personas
        self.house = house.with_settings(
            **{
                name: value
                for name, value in self._settings(house).items()
                if house.origins[name] != "flag"
            }
        )

    def wishes(self, place: int | None) -> Wishes:
        """What a row with a panel of its own wished beside the usual one.

        Args:
            place: Place of the panel in the order; None for the usual one.
        """
        if place is None:
            return Wishes()
        usual, panel = self._run.order.panel, self._run.order.panels[place]
        seats = tuple(seat.persona for seat in panel.seats)
        llm = self._llm(panel)
        return Wishes(
            seats=None if seats == tuple(seat.persona for seat in usual.seats) else seats,
            llm=None if llm is None or llm == self._llm(usual) else _named(llm),
            samples=None if panel.samples == usual.samples else panel.samples,
        )

    def panel_today(self, place: int | None) -> Panel:
        """The panel a fork would have at a place.

        Args:
            place: Place of the panel in the order; None for the usual one.

        Raises:
            InputError: A persona or llm is gone or wrong.
        """
        panels = Panels(self.house)
        return panels.at(panels.place(self.wishes(place)))

    def _settings(self, house: House) -> dict[str, object]:
        run, order = self._run, self._run.order
        usual = order.panel
        found: dict[str, object] = {name: getattr(run, name) for name in _LIMITS}
        found |= {
            "seats": tuple(seat.persona for seat in usual.seats),
            "samples": usual.samples,
            "quorum": None if _is_usual(order) else usual.quorum,
            "recuse": order.recuse,
            "allow_unknown_cost": run.allow_unknown_cost,
            "provider_batch": run.delivery == "batch",
        }
        if run.deadline is not None:
            found["deadline"] = run.deadline
        return found | self._llm_settings(house)

    def _llm_settings(self, house: House) -> dict[str, object]:
        """The run's llm, as far as nothing of it is said today."""
        found: dict[str, object] = {}
        llm, asked = self._llm(self._run.order.panel), self._asked()
        said = {name for name, origin in house.origins.items() if origin != "default"}
        if llm and "llm" not in said:
            found["llm"] = llm.name if self._was_bare(llm) else _named(llm)
        if asked and not said & {"llm", "base_url"}:
            found["base_url"] = asked.base_url
        if asked and "llm" not in said:
            found |= {name: getattr(asked, name) for name in _PRICES if name not in said}
        if asked:
            found |= {name: getattr(asked, name) for name in _OF_LLM if name not in said}
        return found

    def _llm(self, panel: Panel) -> LlmSettings | None:
        """The llm of all seats whose personas name none of their own."""
        own = (s.llm for s in panel.seats if not self._personas[s.persona].llm)
        return next(own, None)

    def _was_bare(self, llm: LlmSettings) -> bool:
        """Whether it was named without a kind: then its address was none of a persona's own llm."""
        own = (s.llm for s in self._run.order.all_seats if self._personas[s.persona].llm)
        return bool(llm.base_url) and any(o.kind == llm.kind and not o.base_url for o in own)

    def _asked(self) -> LlmSettings | None:
        """The llm whose settings all the others share."""
        panels = (self._run.order.panel, *self._run.order.panels)
        llms = [llm for llm in map(self._llm, panels) if llm]
        return next((llm for llm in llms if not llm.is_rubric), llms[0] if llms else None)


def _named(llm: LlmSettings) -> str:
    return llm.kind if llm.is_rubric else f"{llm.kind}:{llm.name}"


def _is_usual(order: Order) -> bool:
    """Whether every panel has the quorum it gets when none is set."""
    panels = (order.panel, *order.panels)
    return all(panel.quorum == quorum_default(len(panel.seats)) for panel in panels)


def _row(item: OrderedDossier, options: Options) -> Row:
    wishes = options.wishes(item.panel).model_dump(exclude_none=True)
    return Row(dossier=item.slug, line=0, path="", **wishes)


def _from_either(
    house: House, run: Run, store: Store, gone: Collection[str]
) -> Callable[[str], Dossier]:
    stored, here = loader(store), house.dossiers

    def load(slug: str) -> Dossier:
        if slug not in gone:
            return here.load(slug)
        try:
            return stored(run.order.by_slug[slug])
        except StoreError as error:
            message = f"dossier {slug} is not in dossiers/, and as it was ordered: {error.message}"
            raise InputError(message, remedy=f"put the file {slug}.md into dossiers/") from error

    return load


def _in_line(made: Plan, parent: Run, material: Material) -> Plan:
    """The plan as a child: personas that stay are compared with the quotes of the parent's time.

    What a verdict was checked against must stay, or its replay would find something else.
    """
    order = made.run.order
    digests = {name: parent.order.earlier.get(name, own) for name, own in order.earlier.items()}
    child = Order.model_validate(
        {**{name: getattr(order, name) for name in Order.model_fields}, "earlier": digests}
    )
    return replace(
        made,
        run=made.run.model_copy(update={"parent": parent.id, "order": child}),
        earlier={name: material.earlier.get(name, own) for name, own in made.earlier.items()},
    )


def _anew(made: Plan, parent: Run, store: Store) -> tuple[Estimate, tuple[str, ...]]:
    """What the questions cost that the parent has no verdict for, and the keys of the others."""
    estimate, carried = Estimate(), list[str]()
    material = made.material(store)
    tier = "batch" if made.run.delivery == "batch" else None
    for dossier in made.dossiers:
        kept = {r.key for r in store.reviews_of(parent.id, dossier.slug) if r.verdict}
        asked = tuple(material.questions(made.run.order, dossier))
        carried += [question.key for question in asked if question.key in kept]
        new = [(one.prompt, one.llm) for one in asked if one.key not in kept]
        estimate = estimate.plus(estimate_all(new, tier))
    return estimate, tuple(carried)
