"""Fits a way of asking to its provider once; the library would walk its schema at every call."""

from pydantic_ai.models import Model, ModelRequestParameters

_MOST = 128
"""Shapes of answers whose preparation is kept; each dossier that is open has its own."""


def shaped_once(model: Model) -> Model:
    """The model, which from now on fits one way of asking to its provider only once.

    All seats of a dossier ask in the same way (see `ask.parameters`), and the library would walk
    the schema of their answers for each of them.

    Args:
        model: Any model of pydantic-ai's.
    """
    fit = model.customize_request_parameters
    kept: dict[int, tuple[ModelRequestParameters, ModelRequestParameters]] = {}

    def fit_once(model_request_parameters: ModelRequestParameters) -> ModelRequestParameters:
        asked = model_request_parameters
        known = kept.get(id(asked))
        if known is None:
            if len(kept) >= _MOST:
                kept.clear()
            # Kept with what came of it, so that no other way of asking can have its id.
            known = kept[id(asked)] = (asked, fit(asked))
        return known[1]

    model.customize_request_parameters = fit_once
    return model
