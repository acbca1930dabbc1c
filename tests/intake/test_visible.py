import pytest

from panel.domain.intake.reading import Hidden
from panel.intake.blocks import block_text
from panel.intake.tree import tree_of
from panel.intake.visible import MAX_LISTED, only_visible
from tests.intake import tricks
from tests.intake.tricks import AFTER, BEFORE, SECRET, page, ruled, styled

STYLES = [(kind, style) for kind, styles in tricks.BY_STYLE.items() for style in styles]


def seen(source: str) -> tuple[str, tuple[Hidden, ...]]:
    tree = tree_of(source)
    assert tree is not None
    removed = only_visible(tree)
    return block_text(tree), removed


def assert_hidden(source: str) -> tuple[Hidden, ...]:
    text, removed = seen(source)
    assert "full marks" not in text
    assert BEFORE in text
    assert AFTER in text
    return removed


@pytest.mark.parametrize(("kind", "style"), STYLES, ids=[style for _, style in STYLES])
def test_text_that_a_style_hides_is_removed_and_told(kind: str, style: str) -> None:
    removed = assert_hidden(styled(style))
    assert [(one.kind, one.text) for one in removed] == [(kind, SECRET)]
    assert removed[0].place == "line 1, article/div"


@pytest.mark.parametrize("css", tricks.BY_RULE)
def test_text_that_a_style_sheet_hides_is_removed_and_told(css: str) -> None:
    removed = assert_hidden(ruled(css))
    assert SECRET in {one.text for one in removed}


@pytest.mark.parametrize("markup", tricks.BY_MARKUP)
def test_text_that_markup_hides_is_removed(markup: str) -> None:
    removed = assert_hidden(page(markup))
    told = {one.text for one in removed}
    code = "<script>" in markup or "type=hidden" in markup
    assert code or any(SECRET in text for text in told)


@pytest.mark.parametrize("markup", tricks.SEEN)
def test_text_that_a_reader_sees_stays(markup: str) -> None:
    head = "<style>.k{display:none}p.k{display:block} @media print{p{display:none}}</style>"
    text, _ = seen(page(markup.format("The context is large."), head=head))
    assert "The context is large." in text


@pytest.mark.parametrize("address", tricks.BY_LINK)
def test_text_that_a_sheet_in_a_link_hides_is_removed(address: str) -> None:
    head = f'<link rel=stylesheet href="{address}">'
    assert_hidden(page(f"<p class=k>{SECRET}</p>", head=head))


def test_a_sheet_for_printers_hides_nothing() -> None:
    text, _ = seen(
        page("<p>The price is low.</p>", head="<style media=print>p{display:none}</style>")
    )
    assert "The price is low." in text


def test_meta_data_is_removed_and_told() -> None:
    removed = assert_hidden(page("", head=f"<meta name=description content='{SECRET}'>"))
    assert [(one.kind, one.text) for one in removed] == [("metadata", SECRET)]


def test_white_text_of_a_page_whose_sheet_lies_elsewhere_is_taken_as_seen() -> None:
    linked = "<link rel=stylesheet href=dark.css>"
    text, removed = seen(page("<p>The price is low.</p>", head=linked, body="style='color:#fff'"))
    assert "The price is low." in text
    assert removed == ()


def test_white_text_among_black_goes_though_a_sheet_lies_elsewhere() -> None:
    linked = "<link rel=stylesheet href=a.css>"
    assert_hidden(page(f"<p style='color:#fff'>{SECRET}</p>", head=linked))


def test_the_text_after_what_goes_stays() -> None:
    text, _ = seen("<p>One <b style='display:none'>two</b> three <!-- a b c --> four</p>")
    assert text == "One three four"


def test_invisible_letters_go_and_lookalikes_are_told() -> None:
    text, removed = seen("<p>It sh\u200bips with \u0430 licence, p\u0430ypal says.</p>")
    assert text == "It ships with \u0430 licence, p\u0430ypal says."
    assert {(one.kind, one.text) for one in removed} == {
        ("zero-width", "It sh<U+200B>ips with \u0430 l"),
        ("look-alike", "p\u0430ypal"),
    }


def test_the_same_hidden_text_is_listed_once() -> None:
    _, removed = seen("".join(f"<p hidden>{SECRET}</p>" for _ in range(5)))
    assert [(one.text, one.times) for one in removed] == [(SECRET, 5)]


def test_no_list_is_endless() -> None:
    _, removed = seen("".join(f"<p hidden>Note number {at}</p>" for at in range(900)))
    assert len(removed) == MAX_LISTED


def test_only_what_extractors_need_is_left_of_attributes() -> None:
    tree = tree_of(
        "<p onclick=x() style='color:red' class=a id=b data-x=y><a href='javascript:1'>z"
    )
    assert tree is not None
    only_visible(tree)
    assert [dict(one.attrib) for one in tree.iter("p", "a")] == [{"class": "a", "id": "b"}, {}]
