import datetime as dt

import pytest
from jinja2 import UndefinedError

from panel.desk.rendering import environment, safe_path


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/runs?page=2", "/runs?page=2"),
        ("/", "/"),
        ("", "/queue"),
        ("//evil.example", "/queue"),
        ("/\\evil.example", "/queue"),
        ("https://evil.example", "/queue"),
        ("javascript:alert(1)", "/queue"),
        ("/a\r\nset-cookie: x", "/queue"),
        ("runs", "/queue"),
    ],
)
def test_no_address_leads_away_from_the_desk(path: str, safe: str) -> None:
    assert safe_path(path) == safe


def test_everything_is_escaped_whatever_the_template_is_called() -> None:
    made = environment().from_string('{{ x }}<p title="{{ x }}">')
    assert (
        made.render(x="<b>\"'&") == '&lt;b&gt;&#34;&#39;&amp;<p title="&lt;b&gt;&#34;&#39;&amp;">'
    )


def test_a_name_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing }}").render()


def test_times_and_days_are_words() -> None:
    at = dt.datetime(2026, 11, 1, 14, 5, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    template = environment().from_string("{{ at | moment }} / {{ at.date() | day }}")
    assert template.render(at=at) == "1 Nov 2026, 12:05 UTC / 1 Nov 2026"


def test_no_template_holds_a_script_a_style_or_an_address_elsewhere() -> None:
    for name in environment().list_templates(filter_func=lambda name: "demo" not in name):
        source, _, _ = environment().loader.get_source(environment(), name)  # pyright: ignore
        for word in (
            "<script>",
            " style=",
            "<style",
            "onclick",
            "|safe",
            "| safe",
            "http://",
            "https://",
        ):
            assert word not in source, (name, word)


def test_every_form_that_changes_something_carries_the_token() -> None:
    for name in environment().list_templates(filter_func=lambda name: "demo" not in name):
        source, _, _ = environment().loader.get_source(environment(), name)  # pyright: ignore
        if name != "macros.html.j2":
            assert 'method="post"' not in source, f"{name}: use the macro post"
