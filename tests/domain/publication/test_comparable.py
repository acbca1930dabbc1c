"""Two models may be compared exactly when equal panels were asked in the same way and in time."""

import datetime as dt
from typing import Any

import pytest

from panel.domain.llm import OFFLINE, LlmSettings
from panel.domain.publication.comparable import Reason, comparability, newest, review_command
from panel.domain.publication.release import Published, Retraction
from panel.domain.run import Order, Seat
from panel.testing import FAKE_LLM, make_dossier, make_persona
from tests.publishing.site.published import NOON, make_published

A = make_published("gannet-5")
B = make_published("tern-2")
DAYS = 45
SEATS = "developer,skeptic,futurist,business-analyst,creator"


def asked(model: Published, **changes: Any) -> Published:
    """A model whose run was ordered in another way."""
    content = {name: getattr(model.order, name) for name in Order.model_fields} | changes
    return model.model_copy(update={"order": Order.model_validate(content)})


def seated(model: Published, **changes: Any) -> Published:
    """A model whose first seat differs."""
    first, *rest = model.order.seats
    return asked(model, seats=(first.model_copy(update=changes), *rest))


def drafted(llm: LlmSettings) -> Published:
    """A model that another llm drafted."""
    seats = tuple(seat.model_copy(update={"llm": llm}) for seat in B.order.seats)
    return asked(B, seats=seats)


def why(other: Published, days: int = DAYS) -> list[tuple[str, str, str]]:
    """Why a model cannot be compared with A."""
    found = comparability(A, other, days)
    assert found.fine == (not found.reasons)
    assert bool(found.steps) == bool(found.reasons)
    return [(one.what, one.a, one.b) for one in found.reasons]


def test_equal_panels_at_one_time_may_be_compared() -> None:
    assert why(B) == []


def test_other_seats_are_said_with_both_panels() -> None:
    seats = A.order.seats
    four = asked(B, seats=seats[:4])
    assert why(four) == [
        ("seats", SEATS.replace(",", ", "), "developer, skeptic, futurist, business-analyst")
    ]
    assert why(asked(B, seats=seats[::-1]))[0][0] == "seats"


def test_another_persona_of_the_same_name_is_another_panel() -> None:
    other = make_persona("developer", voice="Long and winding.")
    found = why(seated(B, digest=other.digest))
    assert found == [("persona developer", A.order.seats[0].digest[:12], other.digest[:12])]


@pytest.mark.parametrize(
    ("llm", "reason"),
    [
        (OFFLINE, ("llm", "openai-chat:fake-llm", "rubric draft, no llm")),
        (
            FAKE_LLM.model_copy(update={"temperature": 0.5}),
            ("temperature of openai-chat:fake-llm", "not set", "0.5"),
        ),
        (FAKE_LLM.model_copy(update={"seed": 8}), ("seed of openai-chat:fake-llm", "7", "8")),
    ],
)
def test_other_settings_of_the_llm_are_said_once(llm: LlmSettings, reason: tuple[str, ...]) -> None:
    assert why(drafted(llm)) == [reason]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"samples": 3}, ("samples per seat", "1", "3")),
        ({"quorum": 5}, ("quorum", "3", "5")),
        ({"first_sample": 2}, ("number of the first sample", "1", "2")),
        ({"recuse": True}, ("recusal of the vendor's own llm", "off", "on")),
        ({"versions": {"shipskip": "0", "checks": "2"}}, ("version of checks", "1", "2")),
        ({"versions": {"shipskip": "0"}}, ("version of checks", "1", "none")),
    ],
)
def test_everything_that_can_change_a_result_is_a_reason(
    changes: dict[str, Any], reason: tuple[str, ...]
) -> None:
    assert why(asked(B, **changes)) == [reason]


def test_other_prompts_are_a_reason() -> None:
    (reason,) = why(asked(B, templates={"rules.md.j2": "0" * 64}))
    assert (reason[0], reason[2]) == ("prompt template rules.md.j2", "0" * 12)


def test_earlier_quotes_and_other_dossiers_of_the_order_are_no_reason() -> None:
    assert why(asked(B, earlier={"developer": "0" * 64})) == []


@pytest.mark.parametrize(("apart", "fine"), [(45, True), (46, False)])
def test_dossiers_may_lie_so_many_days_apart(apart: int, fine: bool) -> None:
    old = make_dossier(slug="tern-2", as_of=dt.date(2026, 5, 11) + dt.timedelta(days=apart))
    found = comparability(A, make_published("tern-2", dossier=old), DAYS)
    assert found.fine == fine
    if not fine:
        day = "day of the dossier, 46 days apart where 45 are allowed"
        assert found.reasons == (Reason(what=day, a="2026-05-11", b="2026-06-26"),)
        assert (
            found.steps[0] == "bring the dossier of gannet-5 up to date: its facts, and its as_of"
        )
        assert found.steps[1].startswith("shipskip review gannet-5 tern-2 --seats ")


def test_what_was_retracted_is_not_compared() -> None:
    gone = B.model_copy(update={"retraction": Retraction(at=NOON, by="Pia Roy", note="Wrong.")})
    assert why(gone) == [("state", "live", "retracted")]


def test_every_reason_is_given_at_once() -> None:
    seats = tuple(
        Seat(persona=seat.persona, digest=seat.digest, llm=OFFLINE) for seat in B.order.seats[:4]
    )
    other = asked(B, seats=seats, samples=3, recuse=True)
    said = [what for what, _, _ in why(other)]
    assert said == ["seats", "llm", "samples per seat", "recusal of the vendor's own llm"]


def test_swapping_the_models_swaps_the_sides_and_keeps_the_steps() -> None:
    other = asked(B, samples=3, quorum=5).model_copy(
        update={"ordered": A.ordered + dt.timedelta(hours=1)}
    )
    one, two = comparability(A, other, DAYS), comparability(other, A, DAYS)
    assert [(why.what, why.b, why.a) for why in one.reasons] == [
        (why.what, why.a, why.b) for why in two.reasons
    ]
    assert one.steps == two.steps
    assert newest(A, other) is newest(other, A) is other


@pytest.mark.parametrize(
    ("model", "flags"),
    [
        (drafted(OFFLINE), "--llm rubric"),
        (B, "--llm openai-chat:fake-llm --base-url http://127.0.0.1:9/v1"),
        (
            drafted(LlmSettings(kind="anthropic", name="a b", temperature=0, max_tokens=900)),
            "--llm 'anthropic:a b' --temperature 0.0 --max-tokens 900",
        ),
        (
            asked(drafted(OFFLINE), samples=3, quorum=5, recuse=True),
            "--llm rubric --samples 3 --quorum 5 --recuse",
        ),
        (seated(drafted(OFFLINE), llm=FAKE_LLM), ""),
    ],
)
def test_the_command_orders_the_same_panel_anew(model: Published, flags: str) -> None:
    command = review_command(("gannet-5", "tern-2"), model)
    assert command == f"shipskip review gannet-5 tern-2 --seats {SEATS} {flags}".strip()


def test_a_panel_digest_that_nothing_explains_still_refuses() -> None:
    item = B.order.dossiers[0].model_copy(update={"panel": 0})
    own = B.order.panel.model_copy(update={"samples": 2})
    assert why(asked(B, dossiers=(item,), panels=(own,))) == [("samples per seat", "1", "2")]
