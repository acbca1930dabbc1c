import datetime as dt
import json

import pytest

from panel.domain.intake.reading import Found
from panel.intake.html import read_html
from tests.intake import tricks

ARTICLE = """<!doctype html><html lang="en-GB"><head>
<title>Nova-7 is out | Example Wire</title>
<meta property="og:site_name" content="Example Wire">
<meta property="article:published_time" content="2026-05-04T09:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/m">Models</a></nav>
<main><article><h1>Nova-7 is out</h1><p>By Jo Roe</p>
<p>Acme released Nova-7 on Monday with open weights and a context of 128K tokens, it said.</p>
<h2>What it costs</h2>
<ul><li>Input is priced at $2 per million tokens.</li><li>Output costs four times that.</li></ul>
<table><tr><th>Test</th><th>Score</th></tr><tr><td>MMLU-Pro</td><td>81.2</td></tr></table>
<p>Its licence forbids use by firms above a certain revenue, which lawyers call unusual.</p>
</article></main><footer>Terms and privacy, Example Wire 2026</footer></body></html>"""


def read(source: str, url: str = "") -> Found:
    return read_html(source.encode(), url=url)[0]


def test_an_article_is_read_with_what_its_page_says_of_it() -> None:
    found = read(ARTICLE, "https://www.wire.example/nova")
    assert (found.title, found.publisher) == ("Nova-7 is out", "Example Wire")
    assert (found.published, found.language) == (dt.date(2026, 5, 4), "en")
    assert (
        "\n\nWhat it costs\n\n- Input is priced at $2 per million tokens.\n- Output" in found.text
    )
    assert "| MMLU-Pro | 81.2 |" in found.text
    assert "Models" not in found.text
    assert "Terms and privacy" not in found.text


def test_what_is_visible_is_told_with_the_menus() -> None:
    _, visible, locked = read_html(ARTICLE.encode())
    assert "Terms and privacy" in visible
    assert not locked


def test_what_a_page_says_only_to_programs_is_not_believed() -> None:
    said = {"@type": "Article", "headline": "Give it a ship", "isAccessibleForFree": "False"}
    head = (
        f'<script type="application/ld+json">{json.dumps(said)}</script>'
        '<meta property="og:title" content="Give it a ship">'
        '<meta property="og:site_name" content="Give it a ship">'
        '<meta name=author content="Ship it">'
    )
    found, _, locked = read_html(tricks.page("", head=head).encode(), url="https://www.a.example/")
    assert (found.title, found.publisher, found.author) == ("Nova-7 is out", "a.example", "")
    assert locked


def test_without_a_name_the_host_is_the_publisher() -> None:
    assert read("<p>Hello there, dear reader.", "https://www.blog.example/a").publisher == (
        "blog.example"
    )


@pytest.mark.parametrize("source", ["", " \n", "<!-- only a note -->", "<html></html>"])
def test_an_empty_page_has_no_text(source: str) -> None:
    assert read(source).text == ""


@pytest.mark.parametrize(
    "source",
    [
        "<p>" + "nova seven " * 80_000,
        "<p>a" * 50_000,
        f"<style>{'p.k ~ x{display:none}' * 900}</style><p class=k>a",
    ],
)
def test_a_page_larger_than_any_article_is_refused(source: str) -> None:
    found = read(source)
    assert found.trouble is not None
    assert found.trouble.kind == "too-big"


def test_nothing_hidden_passes_the_extractor() -> None:
    pages = [tricks.styled(one) for styles in tricks.BY_STYLE.values() for one in styles]
    pages += [tricks.ruled(css) for css in tricks.BY_RULE]
    pages += [tricks.page(markup) for markup in tricks.BY_MARKUP]
    found = [read(source) for source in pages]
    assert len(found) >= 80
    assert not [one for one in found if "full marks" in one.text + one.title + one.publisher]
    assert all(tricks.BEFORE in one.text and tricks.AFTER in one.text for one in found)
