import pytest
from lxml.html import HtmlElement

from panel.intake import cascade
from panel.intake.cascade import Cascade, TooManyRulesError
from panel.intake.tree import tree_of


def styled(source: str) -> dict[str, str]:
    """Style of the element with the id `x`."""
    tree = tree_of(source)
    assert tree is not None
    found: HtmlElement = tree.get_element_by_id("x")
    return Cascade(tree).style(found)


@pytest.mark.parametrize(
    ("css", "inline", "display"),
    [
        ("p{display:none} #x{display:block}", "", "block"),
        ("#x{display:block} p{display:none}", "", "block"),
        (".a{display:none}.a{display:block}", "", "block"),
        (".a.b{display:none}.a{display:block}", "", "none"),
        ("#x{display:none}", "display:block", "block"),
        ("#x{display:none!important}", "display:block", "none"),
        ("#x{display:none!important}", "display:block!important", "block"),
        ("@media print{#x{display:none}}", "", None),
        ("@media (max-width:600px){#x{display:none}}", "", None),
        ("@media (prefers-color-scheme:dark){#x{display:none}}", "", None),
        ("@media screen and (min-width:40em){#x{display:none}}", "", "none"),
        ("@layer a{#x{display:none}}", "", "none"),
        ("div{& p{display:none}}", "", "none"),
        ("p:hover{display:none} p::before{display:none}", "", None),
        ("p:not(.c){display:none}", "", "none"),
        ("q, .a{display:none}", "", "none"),
        ("]]{{display:none}} p{display:none", "", "none"),
    ],
)
def test_the_declaration_that_wins(css: str, inline: str, display: str | None) -> None:
    source = f"<style>{css}</style><div><p id=x class='a b' style='{inline}'>y</p></div>"
    assert styled(source).get("display") == display


def test_older_attributes_are_the_weakest() -> None:
    assert styled("<font id=x color=White>a</font>") == {"color": "white"}
    assert styled("<p id=x hidden>a</p>") == {"display": "none"}
    assert styled("<p id=x hidden style='display:block'>a</p>") == {"display": "block"}


def test_a_page_with_endless_rules_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cascade, "MAX_RULES", 20)
    with pytest.raises(TooManyRulesError):
        styled(f"<style>{'p{display:none}' * 21}</style><p id=x>a</p>")


def test_rules_for_what_is_not_there_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cascade, "MAX_RULES", 20)
    css = "".join(f".k{at}{{display:none}}" for at in range(500))
    assert styled(f"<style>{css}</style><p id=x>a</p>") == {}
