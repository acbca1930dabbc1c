"""A document is named by its content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.llm import OFFLINE
from panel.domain.value import digest_of
from panel.errors import TamperError
from panel.store.document import Document
from tests.store import values as v


@given(st.text())
def test_text_is_kept_as_it_is(text: str) -> None:
    document = Document.of("template", text)
    assert document.body == text
    assert document.digest == digest_of("template", text)
    assert document.verified() is document


def test_a_value_has_the_name_it_gives_itself() -> None:
    order = v.order()
    assert Document.of("order", order).digest == order.digest
    assert Document.of("llm", OFFLINE).digest == OFFLINE.digest


def test_equal_bodies_of_two_kinds_have_two_names() -> None:
    assert Document.of("page", "same").digest != Document.of("template", "same").digest


@pytest.mark.parametrize("change", [{"body": "other"}, {"kind": "page"}, {"digest": "0" * 64}])
def test_a_changed_document_is_found(change: dict[str, str]) -> None:
    changed = Document.of("template", "text").model_copy(update=change)
    with pytest.raises(TamperError, match="no longer has that digest"):
        changed.verified()
