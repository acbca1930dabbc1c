from panel.intake.bounds import MAX_ELEMENTS, MAX_LETTERS
from panel.intake.tree import is_endless, tree_of


def endless(source: str) -> bool:
    tree = tree_of(source)
    assert tree is not None
    return is_endless(tree)


def test_pages_are_mended_as_browsers_do() -> None:
    tree = tree_of("<p>a<p>b<b>c\x00d")
    assert tree is not None
    assert [one.text_content() for one in tree.iter("p")] == ["a", "bcd"]


def test_nothing_has_no_tree() -> None:
    assert tree_of("") is None
    assert tree_of(" \n") is None


def test_a_page_larger_than_any_article_is_endless() -> None:
    assert not endless("<p>a")
    assert endless("<p>a" * MAX_ELEMENTS)
    assert endless("<p>" + "a " * MAX_LETTERS)
    assert not endless("<script>" + "a " * MAX_LETTERS + "</script><p>a")
