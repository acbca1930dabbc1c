import pytest
from starlette.datastructures import QueryParams

from panel.desk.asked import address, asked, chips, spelled, tabs
from panel.domain.editing.queue import QueueQuery
from panel.errors import InputError


def test_what_is_left_empty_asks_nothing() -> None:
    sent = "q=&state=draft&state=draft&state=approved&blocking=1&assignee=&older=&run=&sort=name"
    query = asked(QueryParams(sent))
    wanted = QueueQuery(state=("draft", "approved"), blocking=True, sort="name")
    assert query == wanted
    assert spelled(query) == "state=draft&state=approved&blocking=1&sort=name"
    assert asked(QueryParams(spelled(query))) == query


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ("state=lost", "state"),
        ("page=0", "page"),
        ("colour=red", "colour"),
        ("run=x", "run"),
        ("q=a%00b", "q"),
        ("older=many", "older"),
    ],
)
def test_what_cannot_be_asked_is_named(sent: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        asked(QueryParams(sent))
    assert [one.key for one in caught.value.problems] == [field]


def test_every_chip_leads_to_the_queue_without_it() -> None:
    query = QueueQuery(
        q="open & free",
        state=("draft", "in_review"),
        outcome=("split",),
        look=True,
        assignee="ana",
        older=7,
        run="20261121-083000-5f2a9c",
        page=3,
    )
    found = chips(query, {"ana": "Ana Lind"})
    assert [one.words for one in found] == [
        "“open & free”",
        "draft",
        "in review",
        "split",
        "needs another look",
        "assigned to Ana Lind",
        "run 20261121-083000-5f2a9c",
        "untouched for 7 days",
    ]
    for chip in found:
        left = asked(QueryParams(chip.href.partition("?")[2]))
        assert left.page == 1
        assert len(chips(left, {})) == len(found) - 1
    assert address(query, page=4).endswith("page=4")
    assert address(QueueQuery(page=2)) == "/queue"


def test_the_tabs_count_what_matches_everything_else() -> None:
    counts = {"draft": 2, "in_review": 1, "approved": 0, "published": 0, "retracted": 0}
    found = tabs(QueueQuery(state=("draft",), q="x"), counts)
    assert [(one.words, one.count) for one in found[:3]] == [
        ("all", 3),
        ("draft", 2),
        ("in review", 1),
    ]
    assert [one.words for one in found if one.is_open] == ["draft"]
    assert found[0].href == "/queue?q=x"
