"""Everything an order needs is read and checked before anything is asked, stored or spent."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from panel.bootstrap.planning import Plan, plan
from panel.bootstrap.running import start
from panel.domain.prompt import Prompt
from panel.domain.scorecard import Scorecard
from panel.engine.watching import Silent
from panel.errors import InputError, SpendingError
from panel.store.store import Store
from panel.testing import FakeOpenAI, Reply
from tests.bootstrap.conftest import ROOT, Opened


def persona_file(desk: Path, name: str, *, llm: str | None = None) -> None:
    """A persona of the workspace's own, made from the shipped skeptic."""
    text = (ROOT / "personas" / "skeptic.md").read_text(encoding="utf-8")
    text = text.replace("id: skeptic", f"id: {name}" + (f"\nllm: {llm}" if llm else ""), 1)
    (desk / "personas").mkdir(exist_ok=True)
    (desk / "personas" / f"{name}.md").write_text(text, encoding="utf-8")


def carried_out(made: Plan, store: Store) -> list[Scorecard]:
    asyncio.run(start(made, store, Silent()))
    return list(store.scorecards(made.run.id))


def test_a_plan_pins_everything_by_digest(house: Opened) -> None:
    made = plan(house(samples=2), ["muse-spark", "hy-mt2"])
    order = made.run.order
    named = {
        order.digest,
        *(item.digest for item in order.dossiers),
        *(seat.digest for seat in order.seats),
        *(seat.llm.digest for seat in order.seats),
        *order.templates.values(),
        *order.earlier.values(),
    }
    assert {document.digest for document in made.documents()} == named
    assert [item.slug for item in order.dossiers] == ["muse-spark", "hy-mt2"]
    assert order.quorum == 3
    assert "checks" in order.versions


def test_every_prompt_is_stored_with_the_run_that_used_it(house: Opened) -> None:
    with house().store(write=True) as store:
        made = plan(house(), ["hy-mt2"])
        carried_out(made, store)
        for review in store.reviews(made.run.id):
            kept = store.document(review.prompt)
            assert Prompt.model_validate_json(kept.body).digest == kept.digest


def test_two_plans_of_one_order_differ_in_their_run_id_only(house: Opened) -> None:
    one, two = plan(house(), ["hy-mt2"]), plan(house(), ["hy-mt2"])
    assert one.run.order == two.run.order
    assert one.run.id != two.run.id


def test_all_problems_are_told_at_once_and_nothing_is_asked(
    desk: Path, house: Opened, fake: FakeOpenAI
) -> None:
    persona_file(desk, "loner", llm="nonsense")
    (desk / "dossiers" / "broken.md").write_text("---\nslug: broken\n---\n")
    seats = "sceptic,creator,creator,loner"
    with pytest.raises(InputError) as caught:
        plan(house(seats=seats, llm="openai-chat:x", quorum=9), ["hy-mt2", "nowhere", "broken"])
    told = "\n".join(str(problem) for problem in caught.value.problems)
    for said in ("nowhere", "broken.md", "sceptic", "creator sits twice", "'nonsense'", "quorum"):
        assert said in told
    assert fake.requests == []
    assert not (desk / "runs").exists()


def test_one_wrong_llm_is_told_once_for_all_seats(house: Opened) -> None:
    with pytest.raises(InputError) as caught:
        plan(house(llm="gpt"), ["hy-mt2"])
    assert len(caught.value.problems) == 1


def test_two_dossiers_of_one_slug_are_refused(desk: Path, house: Opened) -> None:
    (desk / "other").mkdir()
    copy = desk / "other" / "hy-mt2.md"
    copy.write_bytes((desk / "dossiers" / "hy-mt2.md").read_bytes())
    with pytest.raises(InputError, match="hy-mt2 is ordered twice -> name it once"):
        plan(house(), ["hy-mt2", str(copy)])


@pytest.mark.parametrize(("quorum", "seats"), [(6, None), (2, "skeptic")])
def test_a_quorum_that_cannot_be_met_is_refused(
    house: Opened, quorum: int, seats: str | None
) -> None:
    with pytest.raises(InputError, match=f"a quorum of {quorum} can never be met"):
        plan(house(quorum=quorum, seats=seats), ["hy-mt2"])


def test_a_persona_may_name_its_own_llm(desk: Path, house: Opened, fake: FakeOpenAI) -> None:
    persona_file(desk, "loner", llm="openai-chat:other-llm")
    made = plan(house(fake, llm="openai-chat:fake-llm", seats="loner,creator"), ["hy-mt2"])
    labels = [seat.llm.label for seat in made.run.order.seats]
    assert labels == ["openai-chat:other-llm", "openai-chat:fake-llm"]
    with house().store(write=True) as store:
        card = carried_out(made, store)[0]
    assert {call.llm for call in fake.calls} == {"other-llm", "fake-llm"}
    assert card.drafted_by == "; ".join(labels)


@pytest.mark.parametrize(("recuse", "answered"), [(False, 5), (True, 0)])
def test_a_seat_of_the_vendor_s_own_llm_is_marked_or_stands_aside(
    house: Opened, fake: FakeOpenAI, recuse: bool, answered: int
) -> None:
    made = plan(house(fake, llm="hunyuan-large", recuse=recuse), ["hy-mt2"])
    with house().store(write=True) as store:
        card = carried_out(made, store)[0]
    assert len(card.same_vendor) == 5
    assert card.answered == answered == fake.count
    assert card.outcome == ("no_quorum" if recuse else card.outcome)


def test_earlier_quotes_are_those_of_finished_runs_on_other_dossiers(house: Opened) -> None:
    with FakeOpenAI() as server:
        with house().store(write=True) as store:
            carried_out(plan(house(server), ["muse-spark"]), store)
        made = plan(house(server), ["hy-mt2", "muse-spark"])
    assert {persona: len(quotes) for persona, quotes in made.earlier.items()} == dict.fromkeys(
        made.personas, 1
    )
    with house().store(write=True) as store:
        store.create_run(made.run, made.documents())
        material, order = made.material(store), made.run.order
        about = {
            dossier.slug: [len(one.earlier) for one in material.questions(order, dossier)]
            for dossier in material.dossiers(order)
        }
    assert about == {"hy-mt2": [1] * 5, "muse-spark": [0] * 5}


def test_quotes_of_a_run_that_was_stopped_do_not_count(house: Opened) -> None:
    script = {"developer": Reply.status(401), "*": Reply()}
    with FakeOpenAI(script) as server:
        made = plan(house(server, concurrency=1, seats="skeptic,developer"), ["muse-spark"])
        with house().store(write=True) as store, pytest.raises(Exception, match="key-refused"):
            carried_out(made, store)
        with house().store(write=False) as store:
            assert len(store.reviews(made.run.id)) == 1
        assert plan(house(server, seats="skeptic"), ["hy-mt2"]).earlier == {"skeptic": ()}


@pytest.mark.parametrize("content", [b"", None])
def test_a_database_without_tables_holds_no_earlier_quotes(
    desk: Path, house: Opened, content: bytes | None
) -> None:
    if content is not None:
        (desk / "runs").mkdir()
        (desk / "runs" / "shipskip.db").write_bytes(content)
    made = plan(house(), ["hy-mt2"])
    assert set(made.earlier.values()) == {()}


def test_a_dossier_without_usable_facts_is_refused(desk: Path, house: Opened) -> None:
    path = desk / "dossiers" / "hy-mt2.md"
    text = path.read_text(encoding="utf-8")
    for standing in ("official", "reported", "measured"):
        text = text.replace(f"standing: {standing}", "standing: superseded")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="hy-mt2 holds no usable evidence"):
        plan(house(), ["hy-mt2"])


@pytest.mark.parametrize(
    ("cap", "prices", "said"),
    [
        ("0.5", {}, "is unknown and the cap is 0.5 USD"),
        ("0.01", {"input_price": "5", "output_price": "5"}, "the cap is 0.01 USD"),
    ],
)
def test_an_order_over_the_cap_is_refused(
    house: Opened, fake: FakeOpenAI, cap: str, prices: dict[str, str], said: str
) -> None:
    with pytest.raises(SpendingError, match=said):
        plan(house(fake, max_cost=cap, **prices), ["hy-mt2"])
    assert fake.requests == []


def test_the_estimate_grows_with_seats_samples_and_dossiers(
    house: Opened, fake: FakeOpenAI
) -> None:
    prices = {"input_price": "1", "output_price": "1"}
    small = plan(house(fake, seats="skeptic", **prices), ["hy-mt2"]).estimate
    large = plan(house(fake, samples=2, **prices), ["hy-mt2", "muse-spark"]).estimate
    assert (small.calls, large.calls) == ((1, 3), (20, 60))
    assert small.cost is not None
    assert large.cost is not None
    assert Decimal(0) < small.cost[0] < small.cost[1] < large.cost[1]
