import datetime as dt
import json

import pytest

from panel.intake.listing import day_of, entries, names_of, read_listing

NOVA = {
    "id": "acme/nova-7",
    "name": "Acme: Nova 7",
    "created": 1777885200,
    "context_length": 131072,
    "pricing": {"prompt": "0.000002", "completion": "0.000008"},
}
OTHER = {"id": "acme/other", "name": "Other"}
LIST = json.dumps({"object": "list", "data": [OTHER, NOVA]}, indent=2)


@pytest.mark.parametrize("name", ["acme/nova-7", "ACME/Nova-7", "Acme: Nova 7"])
def test_an_entry_is_cut_out_as_it_stands(name: str) -> None:
    found = read_listing(LIST, name)
    assert found.title == "Acme: Nova 7"
    assert found.published == dt.date(2026, 5, 4)
    assert found.text in LIST
    assert json.loads(found.text) == NOVA


@pytest.mark.parametrize(
    "source", [json.dumps([NOVA]), json.dumps(NOVA), json.dumps({"models": [NOVA]})]
)
def test_the_only_entry_needs_no_name(source: str) -> None:
    assert json.loads(read_listing(source).text) == NOVA


@pytest.mark.parametrize(
    ("source", "name", "message"),
    [
        (LIST, "acme/none", "it holds no model called 'acme/none'"),
        (LIST, "", "it holds 2 models or more, and none is named"),
        ("[]", "", "it holds no model"),
        ("no json", "", "it holds no model"),
        ('[{"id": 1', "", "it is no list of models"),
        ("[" * 100_000 + "]" * 100_000, "", "it holds no model"),
        ('[{"id":' + "[" * 100_000, "", "it is no list of models: it nests too deeply"),
    ],
)
def test_what_is_no_entry_is_named(source: str, name: str, message: str) -> None:
    found = read_listing(source, name)
    assert found.trouble is not None
    assert found.trouble.message.startswith(message)


def test_entries_come_with_their_names() -> None:
    assert [names_of(entry) for entry, _ in entries(LIST)] == [
        ("acme/other", "Other"),
        ("acme/nova-7", "Acme: Nova 7"),
    ]


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        ({"createdAt": "2026-05-04T09:00:00.000Z"}, dt.date(2026, 5, 4)),
        ({"created": "soon"}, None),
        ({"created": 10**30}, None),
        ({}, None),
    ],
)
def test_the_day_of_an_entry(entry: dict[str, object], day: dt.date | None) -> None:
    assert day_of(entry) == day
