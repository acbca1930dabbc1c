"""A form of a page as a browser without scripts would send it."""

from html.parser import HTMLParser

import httpx2


class _Forms(HTMLParser):
    """Gathers the fields of every form of a page, by its action."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self._form: dict[str, str] = {}
        self._name = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, kind = found.get("name", ""), found.get("type", "text")
        if tag == "form":
            self._form = self.forms.setdefault(found["action"], {})
        elif tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in found):
            self._form[name] = found.get("value", "on")
        elif tag == "textarea":
            self._name = name
            self._form[name] = ""
        elif tag == "select":
            self._select = name
            self._form.setdefault(name, "")
        elif tag == "option" and "selected" in found and self._select:
            self._form[self._select] = found.get("value", "")
            if "value" not in found:
                self._name = self._select

    def handle_data(self, data: str) -> None:
        if self._name:
            self._form[self._name] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._form[self._name] = self._form[self._name].removeprefix("\n")
        if tag in ("textarea", "option"):
            self._name = ""
        if tag == "form":
            self._form = {}


def forms_of(response: httpx2.Response) -> dict[str, dict[str, str]]:
    """The forms of a page by their action."""
    parser = _Forms()
    parser.feed(response.text)
    return parser.forms


def form_of(response: httpx2.Response, act: str) -> dict[str, str]:
    """The form of a page that leads to an act, as it is filled in."""
    found = [form for action, form in forms_of(response).items() if action.endswith(f"/{act}")]
    assert found, f"no form for {act} on a page that says {response.status_code}"
    return found[0]
