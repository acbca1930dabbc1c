import pytest

from panel.domain.intake.aside import asides, is_heading, rival_in_charge
from panel.domain.intake.quoting import places

NAMES = ("Acme Nova-7", "Nova-7")
RIVALS = ("Other-1",)
TEXT = """Nova-7 is proprietary, and Other-1 is not.

Other-1: what it is
- Context: 200K tokens in all variants.

Nova-7: what it is
- Context: 128K tokens.
- Other-1: Allowed for all users under terms.
- Nova-7: Allowed for friends only.

Nova-7 and Other-1 licensing
- Terms: see the site.

Related Articles
Third-2 is out under Apache 2.0
It has 7B parameters.
Nova-7 gets a rival
Comments
Great read!"""


@pytest.mark.parametrize(
    ("quote", "rival"),
    [
        ("is proprietary", ""),
        ("200K tokens", "other-1"),
        ("128K tokens", ""),
        ("Allowed for all users", "other-1"),
        ("Allowed for friends only", ""),
    ],
)
def test_the_nearest_name_says_what_words_are_about(quote: str, rival: str) -> None:
    assert rival_in_charge(next(places(quote, TEXT)), TEXT, NAMES, RIVALS) == rival


def test_a_text_that_names_nobody_is_about_the_model() -> None:
    assert rival_in_charge(next(places("is", "It is free.")), "It is free.", NAMES, RIVALS) == ""


def test_further_articles_and_comments_are_no_part_of_the_article() -> None:
    found = [TEXT[span.start : span.end] for span in asides(TEXT, NAMES)]
    assert found == [
        "Related Articles\nThird-2 is out under Apache 2.0\nIt has 7B parameters.",
        "Comments\nGreat read!",
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "See also: Llama",
        "Related work is discussed below.",
        "Comments on the licence",
        "Up next week",
    ],
)
def test_an_article_may_use_such_words(heading: str) -> None:
    assert asides(f"{heading}\nIt has 7B parameters.", NAMES) == ()


@pytest.mark.parametrize("heading", ["Read next", "YOU MAY ALSO LIKE", "More from Example Wire:"])
def test_such_headings_come_in_many_forms(heading: str) -> None:
    assert len(asides(f"Nova-7 is out.\n\n{heading}\n\nThird-2 is out.", NAMES)) == 1


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("What it costs", True),
        ("It costs $2.", False),
        ("- Input", False),
        ("", False),
        ("x " * 20, False),
    ],
)
def test_a_heading_is_known_by_its_shape(line: str, heading: bool) -> None:
    assert is_heading(line) is heading
