"""A made dossier with three open conflicts: licence, weights and access."""

from typing import Any

from panel.domain.dossier import Dossier
from panel.testing.values import make_dossier
from tests.domain.checks.bench import DOSSIER


def _fact(number: int, topic: str, brief: str, statement: str, **more: Any) -> dict[str, Any]:
    source = more.pop("source", "S1")
    return {
        **DOSSIER.facts[0].model_dump(mode="json"),
        "id": f"F{number}",
        "topic": topic,
        "attribute": more.pop("attribute"),
        "brief": brief,
        "statement": statement,
        "value": None,
        "unit": None,
        "witnesses": [{"source": source, "quote": "words of the page"}],
        **more,
    }


def quarrel() -> Dossier:
    """A dossier in which F1 alone is settled, beside F12 on tools."""
    return make_dossier(
        category="Assistant model",
        licence="Proprietary",
        rivals=["Gannet 5"],
        facts=[
            DOSSIER.facts[0].model_dump(mode="json"),
            _fact(2, "licence", "a proprietary licence", "Tern 2 is closed source.",
                  attribute="licence", value="proprietary"),
            _fact(3, "licence", "a licence like Apache 2.0", "A page puts it under Apache 2.0.",
                  attribute="licence", value="Apache 2.0", source="S2"),
            _fact(4, "access", "no public weights", "Nobody outside can download the weights.",
                  attribute="weights", value="none"),
            _fact(5, "access", "fully open weights", "A page treats the weights as open.",
                  attribute="weights", value="open", source="S2"),
            _fact(6, "access", "an API limited to a private preview",
                  "The only way in is a preview.", attribute="access",
                  value="private API preview"),
            _fact(7, "access", "local use through Kestrel", "A page says it runs locally.",
                  attribute="access", value="self-hosted", source="S2"),
            _fact(8, "capability", "a fast mode and several reasoning modes", "It has modes.",
                  attribute="modes"),
            _fact(9, "capability", "three modes named Brisk, Calm and Deep", "It has three.",
                  attribute="modes", source="S2"),
            _fact(10, "roadmap", "an open Gannet 6 released alongside", "Gannet 6 came too.",
                  attribute="plan", value="Gannet 6 alongside"),
            _fact(11, "roadmap", "a promise of later versions", "Later versions are promised.",
                  attribute="plan", source="S2"),
            _fact(12, "tooling", "tools for private preview builds", "It has tools.",
                  attribute="tools"),
        ],
        conflicts=[
            {"id": f"C{at}", "attribute": attribute, "facts": facts, "note": "They disagree."}
            for at, (attribute, facts) in enumerate(
                [("licence", ["F2", "F3"]), ("weights", ["F4", "F5"]), ("access", ["F6", "F7"]),
                 ("modes", ["F8", "F9"]), ("plan", ["F10", "F11"])], start=1)
        ],
        price={},
    )  # fmt: skip
