from panel.public.headers import POLICY, missing_headers


def test_what_a_view_says_itself_stays() -> None:
    found = dict(missing_headers({"cache-control"}, is_https=False))
    assert "cache-control" not in found
    assert "strict-transport-security" not in found
    assert found["content-security-policy"] == POLICY


def test_over_tls_browsers_are_told_to_stay_there() -> None:
    found = dict(missing_headers(set(), is_https=True))
    assert found["strict-transport-security"] == "max-age=31536000"
