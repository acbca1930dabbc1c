"""A document: any text a run rests on, named by its content so that nobody can swap it later."""

from typing import Annotated, Any

from pydantic import Field

from panel.domain.value import Digest, Value, canonical_json, digest_of
from panel.errors import TamperError


class Document(Value):
    """One stored text with its name.

    Attributes:
        digest: `digest_of(kind, body)`.
        kind: What it is: `dossier`, `persona`, `prompt`, `llm`, `order`, `template`, ...
        body: Canonical JSON, or a text as it is.
    """

    digest: Digest
    kind: Annotated[str, Field(min_length=1, max_length=40)]
    body: str

    @classmethod
    def of(cls, kind: str, content: Any) -> "Document":
        """The document of a content.

        Args:
            kind: What it is; part of the digest.
            content: A domain value or JSON types (stored as canonical JSON), or text (as it is).
        """
        body = content if isinstance(content, str) else canonical_json(content)
        return cls(digest=digest_of(kind, body), kind=kind, body=body)

    def verified(self) -> "Document":
        """This document, after its name was derived again from its body.

        Raises:
            TamperError: When body and digest do not belong together.
        """
        if digest_of(self.kind, self.body) != self.digest:
            raise TamperError(
                f"the {self.kind} stored as {self.digest} no longer has that digest",
                remedy="restore the database from a backup; do not publish from this run",
            )
        return self
