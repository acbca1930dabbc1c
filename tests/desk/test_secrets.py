from hypothesis import given
from hypothesis import strategies as st

from panel.desk.secrets import form_token, is_form_token, key_id, new_secret


def test_no_secret_is_made_twice_and_none_is_its_own_id() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) >= 43 and key_id(one) != one for one in made)


@given(st.binary(max_size=8), st.text(max_size=8), st.text(max_size=70))
def test_only_the_right_token_fits(secret: bytes, bearer: str, given_: str) -> None:
    bearer = bearer.encode("utf-8", "replace").decode()
    token = form_token(secret, bearer)
    assert is_form_token(token, secret, bearer)
    assert not is_form_token(token, secret + b"x", bearer)
    assert not is_form_token(token, secret, bearer + "x")
    assert not is_form_token(given_, secret, bearer) or given_ == token
