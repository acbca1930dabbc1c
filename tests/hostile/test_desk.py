"""What strangers and llms write stays words at the desk: in its forms, its addresses, its pages."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from panel.desk.headers import POLICY
from panel.domain.editing.effective import Papers
from panel.testing import FakeOpenAI, Reply, make_dossier
from tests.databases import Environment
from tests.desk.browser import Open
from tests.desk.drafting import Drafted
from tests.desk.filled import form_of
from tests.desk.living import LiveDesk, Person, living, make_house
from tests.desk.working import agree, stocked, until
from tests.domain.editing.papers import DISPUTED, citing, make_papers
from tests.editing.desk import numbered
from tests.hostile.test_answers import SCRIPTS
from tests.hostile.test_names import NAMES
from tests.hostile.wordings import AUTHORITY, DISGUISED, ORDERS, ROLES

MARKUP = " ".join(SCRIPTS)
TYPED = (
    MARKUP,
    SCRIPTS[5],
    " ".join(group[0] for group in (AUTHORITY, DISGUISED, ORDERS, ROLES)),
    "{{ 7 * 7 }}{% include 'me.html.j2' %}",
    "ok\r\nset-cookie: desk=stolen\r\n\r\n<script>alert(1)</script>",
    "</textarea>-->]]></title><style>body{display:none}</style>",
    "javascript:alert(1)//",
    "\u202eevil\u202c \U000e0041",
    "nul\x00here",
    "A" * 5000,
)
"""What is typed into every field."""

_PLACES = "href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href"


class Markup(HTMLParser):
    """A page as a browser takes it apart.

    Attributes:
        hazards: Everything in it that could run, be fetched from elsewhere, or lead to a script.
        words: The text between the tags.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hazards: list[str] = []
        self.words = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        told = " ".join([tag, *(f"{name}={value}" for name, value in given.items())])
        refused = {"iframe", "object", "embed", "base", "style", "animate", "img", "audio", "video"}
        bad = tag in refused or any(name.startswith("on") or name == "style" for name in given)
        bad |= "http-equiv" in given and not given.get("content", "").isdigit()  # a reload is ours
        bad |= tag == "script" and not given.get("src", "").startswith("/static/")
        for name in _PLACES:
            where = given.get(name, "")
            outside = re.match(r"[a-z][a-z0-9+.-]*:|//", where, re.IGNORECASE)
            bad |= bool(outside) and not (tag == "a" and where.startswith(("http:", "https:")))
        if bad:
            self.hazards.append(told)
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and data.strip():
            self.hazards.append(f"inline script: {data}")
        if self._inside != "textarea":  # there it stands just as it was typed, to be mended
            self.words += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def safe(answer: httpx2.Response) -> str:
    """The words of an answer that is no failure and brings nothing to life."""
    assert answer.status_code < 500, (answer.request.url, answer.text)
    assert answer.headers["content-security-policy"] == POLICY
    assert "desk=stolen" not in str(answer.headers.get_list("set-cookie"))
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return answer.text
    page = Markup(answer.text)
    assert page.hazards == [], answer.request.url
    assert not {"\x00", "\u202e"} & set(page.words)
    return page.words


@pytest.fixture
def live(tmp_path: Path, database: Environment) -> Iterator[LiveDesk]:
    """An empty desk that serves."""
    with living(make_house(tmp_path / "desk")) as found:
        yield found


def pages_of(draft: Drafted) -> tuple[str, ...]:
    """Every page on which what was typed may stand."""
    own = ("", "/history", "/edit", "/edit/skeptic/1", "/exchange/skeptic/1", "/compare?from=draft")
    return (*(f"{draft.path}{path}" for path in own), "/queue", "/me", "/people", "/runs")


def test_what_is_typed_into_any_form_stays_words(live: LiveDesk) -> None:
    draft, admin = Drafted(live), live.person("admin")
    kept: list[str] = []
    for number, text in enumerate(TYPED):
        answers = list(typed_everywhere(admin, draft, text, number))
        kept += [text] if any(answer.status_code == 303 for answer in answers) else []
        for answer in answers:
            safe(answer)
    shown = "".join(safe(admin.get(path)) for path in pages_of(draft))
    assert {MARKUP, *TYPED[1:4]} <= set(kept)
    assert "".join(MARKUP.split()) in "".join(shown.split())
    assert "{{ 7 * 7 }}" in shown
    assert {one.login for one in live.context.store.users()} <= {"admin"}


def typed_everywhere(
    who: Person, draft: Drafted, text: str, number: int
) -> Iterator[httpx2.Response]:
    """Send a text in every field of every form of a draft, the queue, people and oneself."""
    form = form_of(who.get(f"{draft.path}/edit/skeptic/1?copy=take"), "save")
    words = {f"skeptic.1.{name}": text for name in ("headline", "quote")}
    reasons = {name: text for name in form if name.endswith(".text")}
    for path in ("copy", "check"):
        yield who.post(f"{draft.path}/{path}", **{**form, **words, **reasons})
    yield who.get(f"{draft.path}/edit/skeptic/1")
    for fields in (words, reasons, {"reason": text, "skeptic.1.headline": f"No. {number}"}):
        form = form_of(who.get(f"{draft.path}/edit/skeptic/1?copy=take"), "save")
        yield who.post(f"{draft.path}/save", **{**form, **fields})
    form = form_of(who.get(f"{draft.path}/edit?copy=take"), "save")
    yield who.post(f"{draft.path}/save", **{**form, "summary": text, "pricing.entry": text})
    base = str(draft.now.version)
    yield who.post(f"{draft.path}/reject", page="creator.1", base=base, key="", reason=text)
    yield who.post(f"{draft.path}/comments", field="skeptic.1.quote", text=text)
    yield who.post(f"{draft.path}/move", act="submit", base="0", reason=text, note=text)
    yield who.post(f"{draft.path}/move", act=text, base=text, key=text)
    yield who.post(f"{draft.path}/conflicts/C1", decision="keep-both", reason=text, base="0")
    yield who.post(f"{draft.path}/assign", login=text)
    yield who.post("/queue/views", name=text[:60], query=f"q={quote(text[:60])}")
    yield who.post("/queue/bulk", act="assign", draft=f"{draft.ref}@{base}", login=text)
    yield who.post("/people/add", login=text, name=text, role=text)
    yield who.post("/me/tokens", name=text, days="7")
    yield who.post("/runs/new", dossiers=text, seat=text, samples=text)
    yield who.post("/sign-in", link=text, next=text)
    yield who.get("/queue", params={"q": text, "run": text, "sort": text, "assignee": text})
    yield who.get("/sign-in", params={"link": text, "next": text})


def test_names_in_addresses_lead_nowhere_else(live: LiveDesk) -> None:
    draft, admin = Drafted(live), live.person("admin")
    shapes = (
        "/drafts/{}/tern-2", f"/drafts/{draft.ref.run}/{{}}", f"{draft.path}/edit/{{}}/1",
        f"{draft.path}/exchange/skeptic/{{}}", f"{draft.path}/compare?from={{}}&to={{}}",
        "/runs/{}", "/static/{}",
    )  # fmt: skip
    posts = (f"{draft.path}/conflicts/{{}}", "/people/{}/role", "/drafts/{}/{}/move")
    for name in NAMES:
        own = quote(name, safe="")[:2000]
        for shape in shapes:
            answer = admin.get(shape.replace("{}", own))
            assert "root:" not in safe(answer)
        for shape in posts:
            path = shape.replace("{}", own)
            answer = admin.post(path, base="0", act="approve", role="viewer")
            assert answer.status_code != 200, path
            safe(answer)
    assert draft.now.version == 0


def hostile_papers(number: int) -> Papers:
    """A dossier and a panel that are full of markup, another piece of it in each place."""
    texts = [" ".join(SCRIPTS[(number + at) % len(SCRIPTS)].split()) for at in range(6)]
    facts = [one.model_dump(mode="json") for one in DISPUTED.facts]
    facts[0] |= {"statement": texts[0]}
    facts[0]["witnesses"][0]["quote"] = texts[1]
    sources = [one.model_dump(mode="json") for one in DISPUTED.sources]
    sources[0] |= {"title": texts[2], "publisher": texts[3]}
    names = {"name": texts[4][:60], "tagline": texts[5][:90], "summary": texts[0]}
    dossier = make_dossier(conflict=True, facts=facts, sources=sources, **names)
    reasons: dict[str, Any] = {"reasons_for": [{"text": texts[2], "facts": ["F1"]}]}
    verdict = citing("F1", headline=texts[1][:100], **reasons)
    return make_papers(verdict, "skip", dossier=dossier, **numbered(number))


def test_a_browser_runs_nothing_that_a_dossier_or_a_panel_says(
    live: LiveDesk, visiting: Open
) -> None:
    admin = live.person("admin")
    with visiting(live, "admin") as visit:
        visit.page.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
        for number in range(len(SCRIPTS)):
            draft = Drafted(live, hostile_papers(number))
            for path in pages_of(draft)[:7]:
                safe(admin.get(path))
            page = visit.go(draft.path)
            assert page.locator("main script, main img, iframe, base").count() == 0
            assert page.url == f"{live.address}{draft.path}"
        visit.go("/queue")


def test_an_answer_that_is_no_verdict_is_shown_as_it_came(
    tmp_path: Path, database: Environment
) -> None:
    said = Reply.text(MARKUP)
    with FakeOpenAI(said) as server, living(stocked(tmp_path / "desk", server)) as desk:
        person = desk.person()
        run = agree(person).headers["location"].removeprefix("/runs/")
        until(lambda: desk.context.store.queue_row(run, "hy-mt2"))
        assert SCRIPTS[0] in safe(person.get(f"/drafts/{run}/hy-mt2/exchange/skeptic/1"))
        for path in (f"/drafts/{run}/hy-mt2", f"/runs/{run}", "/queue"):
            safe(person.get(path))


def test_only_the_fields_of_a_form_change_anything(live: LiveDesk) -> None:
    draft, ana = Drafted(live), live.person(login="ana")
    form = form_of(ana.get(f"{draft.path}/edit/skeptic/1"), "save")
    more = {"state": "published", "approved": "1", "role": "admin", "by": "pia", "outcome": "ship"}
    sent = {**form, **more, "skeptic.1.headline": "Wait.", "skeptic.1.origin": "{}"}
    safe(ana.post(f"{draft.path}/save", **sent))
    assert draft.now.standing.state == "draft"
    assert [set(one.changes) for one in draft.now.revisions] in ([], [{"skeptic.1.headline"}])
    assert live.user("editor", "ana").role == "editor"
    assert not draft.now.revisions or draft.now.revisions[0].by == "ana"


def test_five_million_letters_are_refused_and_not_logged(live: LiveDesk) -> None:
    draft, ana = Drafted(live), live.person(login="ana")
    before = len(list(live.context.store.events()))
    answer = ana.post(f"{draft.path}/comments", field="", text="A" * 5_000_000)
    assert answer.status_code == 413
    assert len(answer.text) < 20_000
    assert len(list(live.context.store.events())) == before
