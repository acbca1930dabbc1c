"""What a stored run read: its pinned material, loaded without any llm library."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from panel.domain.dossier import Dossier
from panel.domain.persona import Persona
from panel.domain.run import OrderedDossier, Run
from panel.library.prompts import Prompts
from panel.library.workspace import Workspace
from panel.pipeline import Material, Quotes
from panel.store.store import Store


def loader(store: Store) -> Callable[[OrderedDossier], Dossier]:
    """Fetches dossiers of an order from a store, one at a time.

    Args:
        store: Where they lie.
    """
    return lambda item: Dossier.model_validate_json(store.document(item.digest).body)


def pinned(run: Run, store: Store, workspace: Workspace) -> Material:
    """What a stored run read, from the documents its order names, never from today's files.

    Args:
        run: The run.
        store: Where the documents lie.
        workspace: Named in messages only.

    Raises:
        TamperError: A document does not match its digest.
        StoreError: A document is missing.
    """

    def body(digest: str) -> str:
        return store.document(digest).body

    order = run.order
    return Material(
        load=loader(store),
        personas={
            seat.persona: Persona.model_validate_json(body(seat.digest)) for seat in order.all_seats
        },
        prompts=Prompts(
            workspace, pinned={name: body(digest) for name, digest in order.templates.items()}
        ),
        earlier=_quotes({name: body(digest) for name, digest in order.earlier.items()}),
    )


def _quotes(bodies: Mapping[str, str]) -> dict[str, Quotes]:
    lists: dict[str, Any] = {persona: json.loads(text) for persona, text in bodies.items()}
    return {
        persona: tuple((slug, quote) for slug, quote in pairs) for persona, pairs in lists.items()
    }
