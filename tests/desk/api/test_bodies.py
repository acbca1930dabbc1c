"""What is sent is taken as it is: nothing guessed, nothing unknown."""

from typing import Any

import pytest
from pydantic import ValidationError

from panel.desk.api.bodies import (
    AssigneeBody,
    CommentBody,
    CorrectionBody,
    EditBody,
    MoveBody,
    RestoreBody,
    SettleBody,
    Strict,
)


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (EditBody, {"changes": {}}),
        (EditBody, {"changes": {"summary": "S"}, "act": "sample"}),
        (EditBody, {"changes": {"summary": "S"}, "by": "somebody else"}),
        (MoveBody, {"act": "undo"}),
        (MoveBody, {}),
        (RestoreBody, {"version": "0", "reason": "R"}),
        (RestoreBody, {"version": 0, "reason": ""}),
        (RestoreBody, {"version": True, "reason": "R"}),
        (CorrectionBody, {"note": ""}),
        (CommentBody, {"text": 1}),
        (AssigneeBody, {}),
        (AssigneeBody, {"login": ""}),
        (SettleBody, {"how": "guess"}),
    ],
)
def test_what_is_not_as_told_is_refused(kind: type[Strict], sent: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate(sent)
