import gzip
import io
import json
import zipfile

import pytest

from panel.intake.parse import Hints, parse
from tests.intake.pdfs import pdf, shows
from tests.intake.tricks import page

TEXT = "Nova-7 has open weights and a context of 128K tokens, as its maker says."


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo("a.txt"), TEXT)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "hints", "kind"),
    [
        (TEXT.encode(), Hints(), "text"),
        (TEXT.encode(), Hints(name="a.md"), "markdown"),
        (f"---\nlicense: mit\n---\n{TEXT}".encode(), Hints(name="README.md"), "card"),
        (page("").encode(), Hints(), "html"),
        (page("").encode(), Hints(name="a.txt"), "html"),
        (f"<p>{TEXT}".encode(), Hints(media="text/html"), "html"),
        (f"<p>{TEXT}".encode(), Hints(name="a.txt"), "text"),
        (pdf(shows(TEXT)), Hints(name="a.html"), "pdf"),
        (json.dumps({"id": "a", "name": TEXT}).encode(), Hints(name="a.json"), "listing"),
    ],
)
def test_a_document_is_read_as_what_it_is(data: bytes, hints: Hints, kind: str) -> None:
    found = parse(data, hints)
    assert found.trouble is None
    assert found.kind == kind
    assert found.text
    assert found.language in {"en", ""}


@pytest.mark.parametrize(
    ("data", "hints"),
    [
        (packed(), Hints(name="a.txt")),
        (gzip.compress(TEXT.encode(), mtime=0), Hints()),
        (b"\x89PNG\r\n\x1a\n\x00", Hints()),
        (b"GIF89a", Hints(media="image/gif")),
        (b"<?xml version='1.0'?><rss><channel/></rss>", Hints()),
        (b"<?xml version='1.0'?><!DOCTYPE f [<!ENTITY x SYSTEM 'file:///etc/hosts'>]><a>&x;</a>",
         Hints()),
    ],
)  # fmt: skip
def test_what_is_no_document_is_no_text(data: bytes, hints: Hints) -> None:
    found = parse(data, hints)
    assert found.trouble is not None
    assert found.trouble.kind == "not-text"
    assert found.text == ""


def article(text: str, title: str = "Nova-7", head: str = "") -> bytes:
    source = f"<html><head><title>{title}</title>{head}</head><body><main>{text}</main></body>"
    return source.encode()


TEASER = f"<p>{TEXT}</p><p>The model went on sale on Monday, and firms have begun to use it.</p>"
LONG = "".join(
    f"<p>Paragraph {at}: {TEXT} The rest of it is told below, at length.</p>" for at in range(30)
)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("empty", article("")),
        ("empty", b":"),
        ("empty", b"Thought process:"),
        ("empty", " \n\t\u00a0\n".encode()),
        ("consent-wall", b"We value your privacy. Accept all. Reject all. Manage choices."),
        ("consent-wall", article("<p>We and our partners use cookies to store data. Agree?</p>")),
        ("bot-wall", article("<h1>Just a moment...</h1><p>Checking your browser before access")),
        ("bot-wall", article("<noscript>no</noscript><p>You need to enable JavaScript to go on.")),
        ("soft-404", article("<h1>404</h1><p>Sorry, the page you want was not found.", "404")),
        ("soft-404", article("<h1>Oops!</h1><p>We can't find that page. Try the search instead.")),
        ("soft-404", article("<p>This article is no longer available on our site, try another.")),
        ("paywall", article(f"{TEASER}<div>Subscribe to continue reading</div>")),
        ("paywall", article(f"{TEASER}<div>Already a subscriber? Sign in</div>")),
        ("paywall", article(f"{TEASER}<p>This story is for paying members only, join them.</p>")),
        ("paywall", article(TEASER, head='<script type="application/ld+json">'
                            '{"isAccessibleForFree": false}</script>')),
        ("login-wall", article("<h1>Welcome back</h1><p>Please log in to see this post. Forgot "
                               "your password?</p>")),
        ("login-wall", article("<p>Sign in to continue to the community of Acme users.</p>")),
        ("other-language", article("<p>Das Modell ist seit Montag da und hat offene Gewichte. Die "
                                   "Lizenz verbietet den Einsatz in großen Firmen nicht.</p>")),
        ("other-language", article("<p>该模型于周一发布、权重开放、许可证允许商业使用。</p>")),
        ("other-language", article("<p>Модель вышла в понедельник, веса открыты для всех.</p>")),
    ],
)  # fmt: skip
def test_what_stands_in_an_articles_place_is_named(kind: str, data: bytes) -> None:
    found = parse(data, Hints())
    assert found.trouble is not None
    assert found.trouble.kind == kind


@pytest.mark.parametrize(
    "data",
    [
        article(TEASER),
        article(f"{LONG}<p>Subscribe to continue reading our other stories.</p>"),
        article(f"<nav>Sign in</nav>{LONG}<footer>We use cookies to count visits.</footer>"),
        article(
            f"<p>{TEXT} Users sign in with their Acme account; 404 errors were seen.</p>{LONG}"
        ),
        article(f"<p>Hunyuan (混元大模型) is a rival of it. {TEXT}</p>"),
        b"Nova-7 is proprietary; there are no public weights.",
    ],
)
def test_an_article_is_no_wall(data: bytes) -> None:
    assert parse(data, Hints()).trouble is None
