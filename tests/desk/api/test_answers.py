"""How the API answers what is not right."""

import pytest

from panel.desk.api.answers import VersionError, version_in
from tests.desk.api.conftest import Api


def test_a_change_names_its_version(api: Api) -> None:
    cms, body = api.program(), {"changes": {"summary": "Short."}}
    for version, status in ((None, 428), ("*", 428), ("W/3", 412), ("0", 412)):
        refused = cms.send("PATCH", "", body, version)
        assert refused.status_code == status
        assert refused.headers["content-type"] == "application/problem+json"
    assert cms.send("PATCH", "", body, 7).status_code == 412
    assert cms.get().headers["etag"] == '"0"'


@pytest.mark.parametrize(
    "body", [b"{", b"[" * 100_000, b'{"text": "\\ud800"}', b'{"text": NaN}', b'{"text": 1e999}']
)
def test_what_json_cannot_say_is_refused(api: Api, body: bytes) -> None:
    cms = api.program()
    headers = {"content-type": "application/json"}
    sent = cms.client.post(f"{cms.path}/comments", content=body, headers=headers)
    assert sent.status_code == 422
    assert sent.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("header", "status"), [(None, 428), ("", 428), ("*", 428), ('"x"', 412)])
def test_a_version_is_named_or_asked_for(header: str | None, status: int) -> None:
    with pytest.raises(VersionError) as caught:
        version_in(header)
    assert caught.value.status == status
    assert version_in(' "12" ') == 12
