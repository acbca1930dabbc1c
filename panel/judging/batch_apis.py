"""The batch APIs of a run's providers, over connections that keep no tape: files pass through."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import httpx2
from openai import AsyncOpenAI

from panel.domain.llm import LlmSettings
from panel.domain.run import Run
from panel.errors import InputError
from panel.judging.endpoints import Endpoints
from panel.judging.provider_batch import ProviderBatches

_UPLOAD_TIME = 900.0
"""Seconds one file of 200 MB may take on a slow line."""


@asynccontextmanager
async def batch_apis(run: Run) -> AsyncGenerator[Callable[[LlmSettings], ProviderBatches]]:
    """Open the batch API of every llm of a run; connections close at the end.

    Args:
        run: The run.

    Raises:
        InputError: An llm cannot be opened, or its provider speaks another protocol.
    """
    endpoints = Endpoints(
        httpx2.AsyncHTTPTransport(), timeout=_UPLOAD_TIME, max_retries=run.max_retries
    )
    try:
        opened = {
            seat.llm.digest: _opened(endpoints, seat.llm)
            for seat in run.order.all_seats
            if not seat.llm.is_rubric
        }
        yield lambda llm: opened[llm.digest]
    finally:
        await endpoints.close()


def _opened(endpoints: Endpoints, llm: LlmSettings) -> ProviderBatches:
    client = getattr(endpoints.open(llm), "client", None)
    if not isinstance(client, AsyncOpenAI):
        raise InputError(
            f"llm {llm.label}: its provider does not speak OpenAI's Batch API",
            remedy="leave out --provider-batch, or use --service-tier where there is one",
        )
    return ProviderBatches(client)
