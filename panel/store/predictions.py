"""How predictions turned out: what was said first is never changed, what was said last stands."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from panel.domain.publication.predictions import PredictionEnd
from panel.store.insertion import append
from panel.store.keeper import Keeper
from panel.store.public_tables import prediction_ends


class Predictions(Keeper):
    """Writes and reads of how predictions turned out."""

    def end_prediction(self, end: PredictionEnd) -> int:
        """Store how a prediction turned out.

        Args:
            end: What somebody says; its number is given here.

        Returns:
            The number of this word on the prediction, counted from 1.

        Raises:
            StoreError: When the database refuses.
        """
        return self._writer().submit(end_predictions, end).result()

    def prediction_ends(self) -> tuple[PredictionEnd, ...]:
        """Everything ever said, by prediction and number.

        Raises:
            StoreError: When the database cannot be read.
        """
        columns = prediction_ends.c
        query = select(prediction_ends).order_by(columns.review, columns.number, columns.seq)
        return tuple(PredictionEnd.model_validate(row) for row in self._records(query))


def end_predictions(connection: Connection, items: Sequence[PredictionEnd]) -> list[int]:
    """Store how predictions turned out; the number of each word."""
    return [
        append(
            connection,
            prediction_ends,
            {"review": item.review, "number": item.number},
            item.model_dump(exclude={"review", "number", "seq"}),
        )
        for item in items
    ]
