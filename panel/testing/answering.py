"""Makes the answer to one completion request, the same for a live call and a line of a batch."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from panel.testing.billing import Till, Tokens
from panel.testing.completion import (
    CHARS_PER_TOKEN,
    PrefixCache,
    Prefixes,
    cacheable,
    complaint,
    completion,
    prefixes_of,
)
from panel.testing.reply import Player, Reply, Script, refuse
from panel.testing.request import FakeRequest


@dataclass(frozen=True)
class Made:
    """An answer before it is sent.

    Attributes:
        reply: What to send; a completion's body is made.
        scripted: Whether the script answered; False for a request that was refused unread.
        tokens: What it costs; None when nothing is billed.
        prefixes: Prefixes of the prompt, cached once this was sent.
    """

    reply: Reply
    scripted: bool = True
    tokens: Tokens | None = None
    prefixes: Prefixes = ()


class Answering:
    """Answers by a script, with the token counts and the prompt cache of one endpoint.

    Args:
        script: What to answer.
        llms: Names the endpoint knows; any name when empty.
    """

    def __init__(self, script: Script, llms: Sequence[str] = ()) -> None:
        self.till = Till()
        self._player = Player(script)
        self._llms = tuple(llms)
        self._cache = PrefixCache()

    def make(self, request: FakeRequest) -> Made:
        """The answer to a request.

        Args:
            request: A request for a completion.
        """
        refusal = self._refusal(request)
        if refusal:
            return Made(refusal, scripted=False)
        reply = self._player.reply(request)
        if reply.raw is not None:
            return Made(reply)
        prompt = cacheable(request)
        prefixes = prefixes_of(request.llm, prompt)
        body, tokens = completion(
            request, reply, len(prompt) // CHARS_PER_TOKEN, self._cache.cached(prefixes)
        )
        whole = replace(reply, raw=json.dumps(body, ensure_ascii=False).encode())
        return Made(whole, tokens=tokens if reply.http_status == 200 else None, prefixes=prefixes)

    def settle(self, made: Made, *, batch: bool = False) -> None:
        """Bills an answer and caches its prompt, when it is about to be sent.

        Args:
            made: The answer.
            batch: Whether it is a line of a batch.
        """
        self._cache.learn(made.prefixes)
        if made.tokens:
            self.till.add(made.tokens, batch=batch)

    def _refusal(self, request: FakeRequest) -> Reply | None:
        if not request.body:
            return refuse(400, "We could not parse the JSON body of your request.")
        if self._llms and request.llm not in self._llms:
            message = f"The model `{request.llm}` does not exist or you do not have access to it."
            return Reply.status(404, message=message)
        wrong = complaint(request)
        return refuse(400, wrong[0], param=wrong[1]) if wrong else None
