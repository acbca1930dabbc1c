from panel.desk.headers import POLICY, missing_headers


def test_what_a_view_sets_itself_stays() -> None:
    names = [name for name, _ in missing_headers({"cache-control"}, is_https=False)]
    assert "cache-control" not in names
    assert "content-security-policy" in names
    assert "strict-transport-security" not in names


def test_over_tls_browsers_are_told_to_stay_there() -> None:
    assert dict(missing_headers(set(), is_https=True))["strict-transport-security"]


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY
    for part in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert part in POLICY
