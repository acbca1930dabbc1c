"""Templates escape everything, miss nothing, and count towards every page's key."""

import pytest
from jinja2 import DictLoader, UndefinedError

from panel.publishing.site import templating
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.templating import render, templates_digest

SITE = SiteInfo(name="<b>Site</b>", url="https://site.example/")


@pytest.fixture(autouse=True)
def one_template(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"page.html.j2": "{{ site.name }} {{ text }} {{ root }}", "gap.html.j2": "{{ no }}"}
    monkeypatch.setattr(templating.ENVIRONMENT, "loader", DictLoader(pages))
    monkeypatch.setattr(templating.ENVIRONMENT, "cache", None)


def test_everything_is_escaped() -> None:
    found = render("page.html.j2", SITE, "models/x/", {"text": '<script a="b">'}).decode()
    assert found.startswith("&lt;b&gt;Site&lt;/b&gt; &lt;script a=&#34;b&#34;&gt; ../../")


def test_text_is_never_a_template() -> None:
    found = render("page.html.j2", SITE, "", {"text": "{{ site.url }}"}).decode()
    assert "{{ site.url }} ./" in found


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("gap.html.j2", SITE, "", {})


def test_a_changed_template_changes_the_digest(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("templates")
    monkeypatch.setattr(templating, "TEMPLATES", folder)
    found: set[str] = set()
    for text in ("one", "two"):
        (folder / "a.j2").write_text(text)
        templates_digest.cache_clear()
        found.add(templates_digest())
    templates_digest.cache_clear()
    assert len(found) == 2
