"""The page: well-formed, self-contained, and deaf to whatever is written in it."""

import base64
import hashlib
import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from panel.publishing.page import render_page
from panel.publishing.words import one_line
from tests.publishing.cases import CASES
from tests.publishing.hostile import PAYLOADS, hostile_case

_ELEMENTS = set(
    re.findall(
        r"\w+",
        """html head meta title style body a header p span main section div h1 h2 h3 h4 svg g circle
        path desc text dl dt dd article blockquote footer ul ol li mark sup strong code details
        summary""",
    )
)
_ATTRIBUTES = set(
    re.findall(
        r"[\w-]+",
        """lang charset http-equiv content name class href id aria-labelledby aria-label aria-hidden
        viewBox role transform r d cx cy x y tabindex rel title""",
    )
)


def _tree(page: str) -> ET.Element:
    assert page.startswith("<!doctype html>\n")
    return ET.fromstring(page.removeprefix("<!doctype html>\n"))


def _shape(page: str) -> Counter[tuple[str, tuple[str, ...]]]:
    return Counter((node.tag, tuple(sorted(node.attrib))) for node in _tree(page).iter())


def _links(page: str) -> list[str]:
    return [node.attrib["href"] for node in _tree(page).iter() if "href" in node.attrib]


@pytest.mark.parametrize("name", CASES)
def test_pages_are_well_formed_and_made_of_known_parts(name: str) -> None:
    tree = _tree(render_page(CASES[name]().view))
    assert {node.tag for node in tree.iter()} <= _ELEMENTS
    assert {key for node in tree.iter() for key in node.attrib} <= _ATTRIBUTES


@pytest.mark.parametrize("name", CASES)
def test_every_inner_link_leads_somewhere_and_ids_are_unique(name: str) -> None:
    page = render_page(CASES[name]().view)
    ids = [node.attrib["id"] for node in _tree(page).iter() if "id" in node.attrib]
    assert len(ids) == len(set(ids))
    inner = {link[1:] for link in _links(page) if link.startswith("#")}
    assert inner <= set(ids)
    named = [node.attrib.get("aria-labelledby", "") for node in _tree(page).iter()]
    assert {part for names in named for part in names.split()} <= set(ids)


@pytest.mark.parametrize("name", CASES)
def test_headings_never_skip_a_level(name: str) -> None:
    tags = [node.tag for node in _tree(render_page(CASES[name]().view)).iter()]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_nothing_is_asked_from_outside() -> None:
    page = render_page(CASES["skip-with-dissent"]().view)
    tree = _tree(page)
    style = next(node.text or "" for node in tree.iter("style"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(
        node.attrib["content"]
        for node in tree.iter("meta")
        if node.attrib.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"@import|url\(|src=", page)
    outside = [link for link in _links(page) if not link.startswith("#")]
    assert set(outside) == {
        "https://lumen.example/aster-2?ref=front&page=1",
        "https://northwind.example/blog/aster-2",
    }


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_shown_as_text(payload: str) -> None:
    page = render_page(hostile_case(payload).view)
    assert _shape(page) == _shape(render_page(hostile_case("plain words").view))
    shown = "".join(_tree(page).itertext())
    assert shown.count(one_line(payload)) > 30
    assert all(re.match(r"#|https://(lumen|northwind)\.example/", link) for link in _links(page))


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    view = CASES["skip-with-dissent"]().view
    source = view.sources[0].model_copy(update={"url": None})
    page = render_page(view.model_copy(update={"sources": (source, *view.sources[1:])}))
    assert "https://lumen.example" not in page
    assert "no address" in page


def test_votes_are_told_by_word_and_shape() -> None:
    tree = _tree(render_page(CASES["samples-with-bootstrap"]().view))
    marks = [
        (node.attrib["class"].split()[1], (node[0].text or "").rpartition(": ")[2])
        for node in tree.iter("g")
        if node.attrib["class"].startswith("mark ")
    ]
    assert Counter(marks) == {
        ("disc", "Ship"): 3,
        ("half", "Evenly split"): 1,
        ("diamond", "Skip"): 1,
    }
    calls = [" ".join("".join(node.itertext()).split()) for node in tree.iter("p")
             if node.attrib.get("class") == "call"]  # fmt: skip
    assert calls == ["Skip", "Ship", "Evenly split", "Ship", "Ship"]


@pytest.mark.parametrize("name", CASES)
def test_every_quote_says_that_it_is_an_unedited_draft(name: str) -> None:
    tree = _tree(render_page(CASES[name]().view))
    quotes = [node for node in tree.iter("blockquote") if node.attrib.get("class") == "quote"]
    bylines = [node.text or "" for node in tree.iter("p") if node.attrib.get("class") == "byline"]
    assert len(bylines) == len(quotes)
    assert all("AI persona" in line and "not yet edited" in line for line in bylines)


def test_without_quorum_no_percentage_and_no_axis() -> None:
    page = render_page(CASES["no-quorum"]().view)
    body = "".join(next(_tree(page).iter("main")).itertext())
    assert "%" not in body
    assert 'class="axis"' not in page


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_contrast_is_at_least_aa(scheme: int) -> None:
    page = render_page(CASES["no-quorum"]().view)
    root = re.findall(r":root \{(.*?)\}", page, re.DOTALL)[scheme]
    colours = {
        name: value if len(value) == 7 else "#" + "".join(char * 2 for char in value[1:])
        for name, value in re.findall(r"--([\w-]+): (#\w+)", root)
    }
    pairs = [(name, "paper") for name in ("ink", "soft", "ship", "skip", "split", "none", "link")]
    pairs += [("warn-ink", "paper"), ("warn-ink", "warn"), ("block-ink", "block")]
    pairs += [("block-ink", "paper"), ("ink", "warn"), ("ink", "block")]
    for front, back in pairs:
        light, dark = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (front, back)
