"""A change that came too late, with all it takes to settle it by hand."""

from panel.domain.editing.merging import Merge
from panel.editing.drafts import Draft
from panel.errors import StaleError


class StaleDraftError(StaleError):
    """Somebody changed the draft meanwhile.

    Args:
        draft: The draft as it stands.
        base: Version the change was based on.
        merge: What becomes of the change, field by field.
        reason: The reason given with it.
    """

    def __init__(self, draft: Draft, base: int, merge: Merge, reason: str = "") -> None:
        who = ", ".join(dict.fromkeys(one.by for one in draft.revisions[base:])) or "somebody"
        super().__init__(
            f"{draft.ref} was at version {base} when you began and is at {draft.version} now,"
            f" changed by {who}",
            remedy="look at both, keep what is right, and save again",
        )
        self.draft = draft
        self.base = base
        self.merge = merge
        self.reason = reason
