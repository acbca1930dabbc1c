"""The prompt of one seat: shared rules, dossier, persona last, named by what made it."""

from functools import cached_property

from panel.domain.value import Digest, Value, canonical_json, digest_of


class Prompt(Value):
    """Everything one seat is told, byte-stable for equal inputs.

    Attributes:
        rules: Instructions shared by all seats (the system message).
        dossier: The fenced dossier, shared by all seats of a dossier.
        persona: Who the reviewer is (last, so that the seats share a prefix).
        fence: The mark around the dossier, taken from the dossier's own digest.
        fact_ids: Ids of the facts shown, in order.
        made_of: Digest by name of every template, dossier and persona that went in.
    """

    rules: str
    dossier: str
    persona: str
    fence: str
    fact_ids: tuple[str, ...]
    made_of: dict[str, Digest]

    @cached_property
    def body(self) -> str:
        """Its canonical JSON, which is long: made once for its name and for the store."""
        return canonical_json(self)

    @cached_property
    def digest(self) -> str:
        """Name of this prompt's content."""
        return digest_of("prompt", self.body)
