"""Makers of dossiers for the tests of publishing; every text in them is invented."""

import datetime as dt
from decimal import Decimal
from typing import Any

from panel.domain.dossier import Dossier, Price
from panel.domain.fact import Conflict, Fact, Source, Witness

DAY = dt.date(2026, 5, 2)


def fact(number: int, statement: str, **changes: Any) -> Fact:
    """A fact of source S1 unless told otherwise."""
    settings: dict[str, Any] = {
        "id": f"F{number}",
        "topic": "capability",
        "attribute": f"attribute-{number}",
        "statement": statement,
        "brief": statement[:70],
        "as_of": dt.date(2026, 4, 8),
        "standing": "reported",
        "leaning": "neutral",
        "witnesses": (Witness(source="S1", quote=" ".join(statement.split()[:8])),),
    }
    return Fact(**{**settings, **changes})


def sources() -> tuple[Source, ...]:
    """Three documents, the third repeating the first."""
    return (
        Source(
            id="S1",
            publisher="Lumen Weekly",
            title="Aster 2 arrives, and it is not what was promised",
            url="https://lumen.example/aster-2?ref=front&page=1",
            published=dt.date(2026, 4, 8),
            read=dt.date(2026, 4, 9),
        ),
        Source(
            id="S2",
            publisher="Northwind Labs",
            title="Introducing Aster 2",
            url="https://northwind.example/blog/aster-2",
            published=dt.date(2026, 4, 7),
            read=dt.date(2026, 4, 9),
            note="Calls its own figures preliminary",
        ),
        Source(
            id="S3",
            publisher="The Relay",
            title="Aster 2 arrives",
            read=dt.date(2026, 4, 10),
            copy_of="S1",
        ),
    )


def facts() -> tuple[Fact, ...]:
    """Seven facts; F2 and F3 disagree on the licence, F7 is cited by nobody."""
    both = (
        Witness(source="S1", quote="takes text and images, answers in text"),
        Witness(source="S3", quote="takes text and images"),
    )
    return (
        fact(1, "Aster 2 reads text and images and answers in text.", witnesses=both,
             topic="modality", standing="official", leaning="for"),
        fact(2, "The vendor says the weights stay closed.", attribute="licence",
             topic="licence", leaning="against", standing="disputed"),
        fact(3, "The announcement promises open weights later in 2026.", attribute="licence",
             topic="licence", leaning="for", standing="official",
             witnesses=(Witness(source="S2", quote="open weights will follow later this year"),)),
        fact(4, "No benchmark results were published at launch.", topic="benchmark",
             leaning="against"),
        fact(5, "The programming interface is open to selected partners only.", topic="access",
             leaning="against", as_of=dt.date(2026, 4, 20)),
        fact(6, "The app is free to use; the interface costs 2 dollars per million input tokens.",
             topic="price", value="2.00", unit="USD", leaning="for", standing="official",
             witnesses=(Witness(source="S2", quote="free in the app, 2 dollars per million"),)),
        fact(7, "The vendor employs about four hundred people.", topic="vendor"),
    )  # fmt: skip


def dossier(**changes: Any) -> Dossier:
    """A dossier with one open conflict."""
    settings: dict[str, Any] = {
        "slug": "aster-2",
        "name": "Aster 2",
        "vendor": "Northwind Labs",
        "category": "Multimodal language model",
        "tagline": "A capable closed model from a company that used to publish its weights",
        "released": dt.date(2026, 4, 7),
        "licence": "Proprietary",
        "access": "Vendor's app; private preview of the interface",
        "as_of": DAY,
        "price": Price(
            entry="Free in the vendor's app",
            input_per_million=Decimal("2.00"),
            output_per_million=Decimal("6.50"),
            facts=("F6",),
        ),
        "rivals": ("Corvid 9B",),
        "sources": sources(),
        "facts": facts(),
        "conflicts": (
            Conflict(
                id="C1",
                attribute="licence",
                facts=("F2", "F3"),
                note="One report says the weights stay closed; the announcement promises them.",
            ),
        ),
        "summary": "Aster 2 was released in April.\n\nIt replaces Aster 1.",
    }
    return Dossier(**{**settings, **changes})
