"""One way of asking is fitted to its provider once, and comes out as the library fits it."""

import httpx2
from openai import AsyncOpenAI
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from panel.judging.ask import parameters
from panel.judging.fitting import shaped_once


def model() -> OpenAIChatModel:
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(lambda _: httpx2.Response(200)))
    client = AsyncOpenAI(base_url="http://127.0.0.1:9/v1", api_key="k" * 8, http_client=http)
    return OpenAIChatModel("some-llm", provider=OpenAIProvider(openai_client=client))


def test_one_way_of_asking_is_fitted_once_and_others_of_their_own() -> None:
    plain, once = model(), shaped_once(model())
    shapes = [parameters((f"F{number}",), "native", "Rules.") for number in range(300)]
    fitted = [once.customize_request_parameters(shape) for shape in shapes]
    assert fitted == [plain.customize_request_parameters(shape) for shape in shapes]
    last: ModelRequestParameters = shapes[-1]
    assert once.customize_request_parameters(last) is fitted[-1]
    assert plain.customize_request_parameters(last) is not fitted[-1]
