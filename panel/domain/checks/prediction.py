"""Predictions: made by the personas that make them, by no other, and for a day to come."""

from collections.abc import Iterator

from panel.domain.checks.context import CheckContext, flag
from panel.domain.flag import Flag
from panel.domain.verdict import Verdict


def check_predictions(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """A prediction too many, too few, or for a day that has already come."""
    name, today = context.persona.name, context.dossier.as_of
    if context.persona.predicts and not verdict.predictions:
        message = f"predictions: {name} makes at least one, with a day after {today}; add it"
        yield flag("prediction", "blocks", message)
    for at, prediction in enumerate(verdict.predictions):
        if not context.persona.predicts:
            message = f"{name} makes no predictions; leave `predictions` empty"
        elif prediction.by <= today:
            message = f"{prediction.by} is not after {today}, the as-of date; name a later day"
        else:
            continue
        text = prediction.statement
        yield flag("prediction", "blocks", message, path=f"predictions[{at}].statement", text=text,
                   span=(0, len(text)))  # fmt: skip
