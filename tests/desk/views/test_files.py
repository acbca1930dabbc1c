from panel.desk.assets import asset_url
from tests.desk.living import LiveDesk


def test_the_day_begins_with_the_queue(desk: LiveDesk) -> None:
    answer = desk.person(None).get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/queue")


def test_the_icon_is_found_under_its_old_name(desk: LiveDesk) -> None:
    answer = desk.person(None).get("/favicon.ico", follow_redirects=True)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert str(answer.url).endswith(asset_url("icon.svg"))
