import pytest

from panel.intake.blocks import block_text
from panel.intake.tree import tree_of


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<h2>Price</h2><p>It is\n  <b>free</b>&nbsp;now.</p>", "Price\n\nIt is free now."),
        ("<ul><li>One</li><li>Two <i>b</i></li></ul><p>End", "- One\n- Two b\n\nEnd"),
        ("<ol><li>A<ul><li>B</li></ul></li></ol>", "- A\n\n- B"),
        ("<table><tr><th>A<th>B<tr><td>1<td>2</table>", "| A | B |\n| 1 | 2 |"),
        ("<table><tr><td><p>a</p><p>b</p></table>", "| a b |"),
        ("a<br>b<hr>c", "a\nb\n\nc"),
        ("<p>run <code>pip</code> now</p><pre>x\n  y</pre>", "run pip now\n\nx\ny"),
        ("<div><div><p>deep</p></div>tail</div>", "deep\n\ntail"),
    ],
)
def test_a_tree_becomes_lines(source: str, text: str) -> None:
    tree = tree_of(f"<body>{source}</body>")
    assert tree is not None
    assert block_text(tree) == text


def test_no_depth_is_too_deep() -> None:
    tree = tree_of("<div>" * 5000 + "deep")
    assert tree is not None
    assert block_text(tree) in {"deep", ""}
