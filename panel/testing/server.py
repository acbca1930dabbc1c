"""An OpenAI-compatible endpoint on a real loopback socket, scripted and recording."""

import itertools
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from panel.testing.answering import Answering
from panel.testing.batch import BatchPlan, FakeBatch
from panel.testing.batches import Batches
from panel.testing.billing import Bill
from panel.testing.files import FakeFile, Files
from panel.testing.grounded import grounded_answer
from panel.testing.listener import Listener
from panel.testing.reply import Reply, Script, refuse
from panel.testing.request import FakeRequest, JsonObject

COMPLETIONS = "/v1/chat/completions"
BILLED = "/shipskip/billed"
"""Where another process reads what was billed; no key, no record."""


class FakeOpenAI:
    """The server; a context manager that listens inside its block.

    Args:
        script: What to answer, see `panel.testing.reply`; well-behaved answers unless given.
        llms: Names the endpoint knows; any name when empty.
        key: The only key that is accepted; any or none when None.
        latency: Seconds from a completion's arrival to its answer, before what a reply adds.
        port: Port to listen on; 0 picks a free one.
        batch_plan: How batches go; None for an endpoint without a Batch API.
        record: Whether requests are kept; a bench of many thousands had better not.
    """

    def __init__(
        self,
        script: Script = grounded_answer,
        *,
        llms: Sequence[str] = (),
        key: str | None = None,
        latency: float = 0.0,
        port: int = 0,
        batch_plan: BatchPlan | None = BatchPlan(),  # noqa: B008
        record: bool = True,
    ) -> None:
        self.latency = latency
        self.errors: list[Exception] = []
        self._llms = tuple(llms)
        self._key = key
        self._record = record
        self._lock = threading.Lock()
        self._requests: list[FakeRequest] = []
        self._count = 0
        self._numbers = itertools.count()
        self._answering = Answering(script, llms)
        plan = batch_plan or BatchPlan()
        self._files = Files(plan.cut_downloads)
        self._batches = Batches(plan, self._files, self._answering, self._numbers.__next__)
        self._has_batches = batch_plan is not None
        self._closing = threading.Event()
        self._server = Listener(port, self.receive, self.errors.append)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stops listening, ends waits, closes every connection.

        Raises:
            ExceptionGroup: When the script raised, unless the block already failed.
        """
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.close_connections()
        self._server.server_close()
        if self.errors and error is None:
            raise ExceptionGroup("the script of the fake server failed", self.errors)

    @property
    def url(self) -> str:
        """Address of the server without a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def base_url(self) -> str:
        """Address to configure an llm with."""
        return f"{self.url}/v1"

    @property
    def requests(self) -> list[FakeRequest]:
        """Every request so far, in order of arrival; lines of batches stand in `batches`."""
        with self._lock:
            return list(self._requests)

    @property
    def calls(self) -> list[FakeRequest]:
        """The requests for a completion."""
        return [request for request in self.requests if request.path == COMPLETIONS]

    @property
    def count(self) -> int:
        """How many completions were asked for live."""
        return self._count

    @property
    def files(self) -> list[FakeFile]:
        """Every file, uploaded or made, oldest first."""
        return self._files.kept

    @property
    def batches(self) -> list[FakeBatch]:
        """Every batch that was submitted, oldest first."""
        return self._batches.kept

    @property
    def billed(self) -> int:
        """Completions answered with status 200, live or in a batch, whoever got them."""
        return self._bill.completions

    @property
    def billed_tokens(self) -> tuple[int, int, int]:
        """Their tokens: of the prompts, of the answers, and those of the prompts from the cache."""
        tokens = self._bill.tokens
        return tokens.prompt, tokens.completion, tokens.cached

    @property
    def statement(self) -> JsonObject:
        """The bill as `GET /shipskip/billed` shows it, with the share of batches by itself."""
        uploads = sum(file.purpose == "batch" for file in self.files)
        return {
            **self._bill.told(),
            "of_batches": self._answering.till.batched.told(),
            "asked": self.count,
            "batches": len(self.batches),
            "files": uploads,
        }

    @property
    def _bill(self) -> Bill:
        till = self._answering.till
        return till.live + till.batched

    def receive(self, request: FakeRequest) -> Reply:
        """Records a request and decides the reply, with its body made.

        Args:
            request: As it came over the wire.
        """
        if request.path == BILLED:
            return Reply.body(self.statement)
        with self._lock:
            request.number = next(self._numbers)
            self._count += request.path == COMPLETIONS
            if self._record:
                self._requests.append(request)
        if self._key is not None and request.headers.get("authorization") != f"Bearer {self._key}":
            return Reply.status(401)
        return self._route(request)

    def _route(self, request: FakeRequest) -> Reply:
        match request.method, request.path.split("/")[1:]:
            case "POST", ["v1", "chat", "completions"]:
                return self._complete(request)
            case "GET", ["v1", "models"]:
                listed = [_llm(name) for name in self._llms or ("fake-llm",)]
                return Reply.body({"object": "list", "data": listed})
            case _, ["v1", "files", *_] if self._has_batches:
                return self._files.answer(request)
            case _, ["v1", "batches", *_] if self._has_batches:
                return self._batches.answer(request)
            case _:
                return refuse(404, f"Unknown request URL: {request.method} {request.path}.")

    def _complete(self, request: FakeRequest) -> Reply:
        """The reply, made before the wait, so that a crowd that was waiting is answered at once."""
        made = self._answering.make(request)
        if made.scripted:
            due = request.at + self.latency + made.reply.seconds
            if self._closing.wait(max(0.0, due - time.monotonic())):
                return Reply.drop()
        self._answering.settle(made)
        return made.reply


def _llm(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1_770_000_000, "owned_by": "shipskip"}
