"""Flags: what the checks found in a verdict, on the very words."""

from typing import Annotated, Literal

from pydantic import Field

from panel.domain.value import Value

FlagKind = Literal[
    "unknown-fact",
    "phrase-missing",
    "uncarried-number",
    "uncarried-date",
    "uncarried-price",
    "uncarried-name",
    "uncarried-licence",
    "relies-on-conflict",
    "one-sided",
    "first-hand",
    "banned-word",
    "leak",
    "planted",
    "copied",
    "length",
    "call-mismatch",
    "markup",
    "prediction",
    "vague-flip",
    "uncarried-claim",
    "overstated",
    "miscited",
]
"""
unknown-fact        a citation names a fact that the panel was not shown
phrase-missing      a cited phrase does not stand in the quote
uncarried-number    a number no cited fact carries
uncarried-date      a date no cited fact carries
uncarried-price     a price no cited fact carries
uncarried-name      a benchmark, rival or other name no cited fact carries
uncarried-licence   a licence no cited fact carries
relies-on-conflict  a fact in open conflict is used as if it were settled
one-sided           a dispute is mentioned with only one of its sides cited
first-hand          the persona claims to have run, used, tested or paid
banned-word         a word this persona never uses
leak                words of the instructions, the persona file or the prompt's own marks
planted             text that addresses the reviewers or their verdict rather than the model
copied              a near copy of the dossier or of this persona's earlier quotes
length              the quote is shorter or longer than it may be
call-mismatch       headline or quote say the opposite of the call
markup              marks of a markup language in what should be plain prose
prediction          a prediction too many or too few for this persona, or for a day not to come
vague-flip          a flip condition that nobody could check
uncarried-claim     a comparison of price, speed, quality, size or adoption that rests on nothing
overstated          what a fact only reports as said or claimed is stated flatly
miscited            a figure, date or name in a cited phrase that its own facts do not carry
"""

Severity = Literal["blocks", "warns"]


class Span(Value):
    """A stretch of one text of a verdict.

    Attributes:
        field: Path of the text, e.g. `quote` or `reasons_for[0].text`.
        start: Offset of the first character, counted from 0.
        end: Offset after the last character.
        text: The words themselves.
    """

    field: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str


class Flag(Value):
    """One finding of one check.

    Attributes:
        kind: What was found.
        severity: `blocks` keeps the scorecard from being approved, `warns` informs the editor.
        message: What is wrong and how to mend it, in one line.
        span: The words concerned; None when it concerns the whole verdict.
        mendable: Whether it is sent back to the llm, which can only mend its own words.
    """

    kind: FlagKind
    severity: Severity
    message: str
    span: Span | None
    mendable: bool = True
