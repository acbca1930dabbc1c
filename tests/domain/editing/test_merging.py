"""Two people change the same draft: nobody's words are lost."""

from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from panel.domain.editing.merging import Clash, Merge, merge

PATHS = st.sampled_from("abcdef")
LISTS: list[JsonValue] = [[], ["x"], ["x", "y"]]
VALUES = st.sampled_from([None, "", "x", "y", *LISTS])
WHOLE = st.fixed_dictionaries(dict.fromkeys("abcdef", VALUES))
SOME = st.dictionaries(PATHS, VALUES)


@given(WHOLE, SOME, WHOLE)
def test_each_of_my_words_is_kept_is_there_or_clashes(
    base: dict[str, JsonValue], mine: dict[str, JsonValue], standing: dict[str, JsonValue]
) -> None:
    found = merge(base, mine, standing)
    clashes = {clash.path: clash for clash in found.clashes}
    assert not found.changes.keys() & clashes.keys()
    for path, value in mine.items():
        if value == base[path]:
            assert path not in found.changes
            assert path not in clashes
        elif path in clashes:
            assert clashes[path] == Clash(path, base[path], value, standing[path])
        else:
            assert value in (found.changes.get(path), standing[path])


@given(WHOLE, SOME, WHOLE)
def test_none_of_their_words_is_touched_without_being_told(
    base: dict[str, JsonValue], mine: dict[str, JsonValue], standing: dict[str, JsonValue]
) -> None:
    found = merge(base, mine, standing)
    clashes = {clash.path for clash in found.clashes}
    laid_over = {**standing, **found.changes}
    for path, value in standing.items():
        if value == base[path]:
            continue
        assert laid_over[path] == value
        alone = mine.get(path, base[path]) == base[path]
        assert (path in found.theirs) == alone
        assert (path in clashes) == (not alone and mine[path] != value)


@given(WHOLE, SOME)
def test_on_the_last_version_there_is_nothing_to_settle(
    base: dict[str, JsonValue], mine: dict[str, JsonValue]
) -> None:
    wanted = {path: value for path, value in mine.items() if value != base[path]}
    assert merge(base, mine, base) == Merge(wanted)


def test_a_form_that_sends_every_field_shows_what_others_changed() -> None:
    base: dict[str, JsonValue] = {"headline": "Old", "quote": "Old"}
    found = merge(
        base, {"headline": "Mine", "quote": "Old"}, {"headline": "Old", "quote": "Theirs"}
    )
    assert found == Merge({"headline": "Mine"}, (), {"quote": "Theirs"})
