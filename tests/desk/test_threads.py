"""Comments stand at the part they speak about, in people's names, open ones apart."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from panel.desk.fields import options_of_seat
from panel.desk.sheet import sheet_of
from panel.desk.threads import remarks_of, seat_of, thread_of
from panel.domain.editing.queue import Comment
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk
from tests.domain.editing.papers import NOON, make_papers

NAMES = {"ana": "Ana Roy"}
DONE: Mapping[str, Any] = {"resolved": NOON, "resolved_by": "ana"}


def comment(draft: Drafted, number: int, field: str = "", **changes: Any) -> Comment:
    """A comment of Ana's."""
    content = {"id": f"c{number}", "run": draft.ref.run, "slug": draft.ref.slug, "by": "ana"}
    at = NOON + dt.timedelta(minutes=number)
    return Comment.model_validate({**content, "at": at, "text": "Why?", "field": field, **changes})


def test_a_remark_names_its_field_its_author_and_who_resolved_it(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    comments = [
        comment(draft, 1, "skeptic.1.quote", by="gone"),
        comment(draft, 2, "pricing.entry", **DONE),
        comment(draft, 3),
    ]
    found = remarks_of(draft.now, comments, NAMES)
    assert [path for path, _ in found] == ["skeptic.1.quote", "pricing.entry", ""]
    quote, price, whole = (one for _, one in found)
    assert (quote.name, quote.about, quote.by) == ("quote", "The Skeptic: quote", "gone")
    assert (quote.resolved, quote.resolved_by) == (None, "")
    assert (price.name, price.about) == ("entry", "entry price")
    assert (price.resolved, price.resolved_by) == (NOON, "Ana Roy")
    assert (whole.name, whole.about, whole.by) == ("", "the whole draft", "Ana Roy")
    assert (whole.id, whole.at, whole.text) == ("c3", comments[2].at, "Why?")


def test_open_and_resolved_ones_are_parted_in_their_order(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    comments = [comment(draft, at, **(DONE if at % 2 else {})) for at in range(4)]
    remarks = [one for _, one in remarks_of(draft.now, comments, NAMES)]
    thread = thread_of("skeptic-1", remarks, options_of_seat("skeptic.1"))
    assert [one.id for one in thread.open] == ["c0", "c2"]
    assert [one.id for one in thread.resolved] == ["c1", "c3"]
    assert (thread.anchor, thread.options) == ("skeptic-1", options_of_seat("skeptic.1"))


def test_every_comment_stands_in_exactly_one_thread(desk: LiveDesk) -> None:
    draft = Drafted(desk, make_papers("ship", "skip", samples=2))
    fields = ["skeptic.1.quote", "skeptic.2.quote", "developer.2.call", "summary", "pricing.entry"]
    fields += ["", "nobody.1.quote"]
    comments = [comment(draft, at, field) for at, field in enumerate(fields)]
    sheet = sheet_of(draft.now, comments, ())
    found = {"draft": [one.id for one in sheet.thread.open]}
    for seat in sheet.seats:
        for one in (seat.lead, *seat.others):
            assert one
            found[one.view.anchor] = [remark.id for remark in one.thread.open]
    assert found == {
        "draft": ["c3", "c4", "c5", "c6"],
        "skeptic-1": ["c0"],
        "skeptic-2": ["c1"],
        "developer-1": [],
        "developer-2": ["c2"],
    }


def test_the_seat_of_a_field_is_its_path_without_the_field() -> None:
    content = make_papers()
    seats = {f"{one.persona}.{one.sample}" for one in content.reviews}
    assert seat_of("skeptic.1.quote") in seats
    assert not {seat_of(path) for path in ("", "summary", "pricing.entry")} & seats
