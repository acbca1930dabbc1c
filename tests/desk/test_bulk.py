"""What an act on many drafts names, and what it leaves alone."""

import pytest

from panel.desk.bulk import MOST, Bulk, chosen_in, plain
from panel.errors import InputError
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk

RUN = "20261121-083000-5f2a9c"


def test_a_draft_is_named_with_the_version_that_was_seen() -> None:
    (one, two) = chosen_in([f"{RUN}/a@0", f"{RUN}/b@12", f"{RUN}/b@12"])
    assert (str(one.ref), one.version, str(two)) == (f"{RUN}/a", 0, f"{RUN}/b@12")


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["x"],
        [f"{RUN}/a"],
        [f"{RUN}/A@0"],
        [f"{RUN}/a@1/b@2"],
        ["latest/a@0"],
        [f"{RUN}/m-{n}@0" for n in range(MOST + 1)],
    ],
)
def test_anything_else_is_refused(values: list[str]) -> None:
    with pytest.raises(InputError):
        chosen_in(values)


def test_a_draft_for_programs_has_its_words_and_its_checks(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    draft.edit({"summary": "As edited."})
    found = plain(draft.now)
    assert (found["version"], found["content"]["summary"]) == (1, "As edited.")
    assert found["card"]["slug"] == draft.ref.slug


def test_one_that_moved_on_is_left_alone_before_anything_is_done(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    chosen = chosen_in([f"{draft.ref}@0"])
    bulk = Bulk(desk.context, desk.user("publisher", "pia"))
    assert [one.why for one in bulk.preview("return", chosen)] == [
        "is draft: there is nothing to send back"
    ]
    draft.edit({"summary": "Meanwhile."})
    (told,) = bulk.preview("submit", chosen)
    assert told.why.startswith("is at version 1 now, and you saw version 0")
    assert bulk.preview("export", chosen)[0].why == ""
