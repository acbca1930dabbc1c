"""Kinds of failure with what to do about each; light to import."""

from panel.domain.review import Failure, FailureKind
from panel.domain.secrecy import redact
from panel.domain.value import unprintable

NO_ANSWER = "no answer in time"

_REMEDIES: dict[FailureKind, str] = {
    "refused": "read the refusal; another llm may answer this dossier",
    "filtered": "the provider's filter stopped the answer; try another llm",
    "truncated": "raise --max-tokens; the answer did not fit",
    "invalid-answer": "the llm did not keep to the schema; try another --output-mode or llm",
    "key-refused": "check the API key in the environment, then resume",
    "forbidden": "the key may not use this llm; check the account, then resume",
    "no-such-llm": "check the name after --llm and the --base-url",
    "bad-request": "run `shipskip doctor --llm` and try another --output-mode",
    "out-of-credit": "top up the account, then resume",
    "rate-limited": "lower --concurrency or wait, then `shipskip runs retry-failed`",
    "server-error": "the provider failed; later: `shipskip runs retry-failed`",
    "timeout": "raise --timeout (up to 3600 seconds) or use a faster llm",
    "dropped": "the connection failed; check the network and the --base-url",
    "not-an-api": "the address answered, but not as an llm API; check the --base-url",
    "empty-answer": "the endpoint answered with nothing; try `shipskip runs retry-failed`",
    "too-long": "the dossier does not fit this llm's context; use a larger one",
    "recused": "this seat's llm comes from the model's vendor; give the seat another llm",
    "quarantined": "working on it ended the process three times; report it with the run id, or try"
    " again with `shipskip runs retry-failed`",
    "rejected": "ask for another sample, or write the verdict by hand",
    "unexpected": "please report this with the run id",
}

_RETRYABLE: frozenset[FailureKind] = frozenset(
    {"truncated", "invalid-answer", "rate-limited", "server-error", "timeout", "dropped",
     "empty-answer", "quarantined"}
)  # fmt: skip

_ENDS_RUN: frozenset[FailureKind] = frozenset(
    {"key-refused", "forbidden", "no-such-llm", "out-of-credit"}
)


def failure(kind: FailureKind, detail: str, secrets: tuple[str, ...] = ()) -> Failure:
    """A failure of one kind with that kind's remedy.

    Args:
        kind: What went wrong.
        detail: What was said; freed of keys and cut at 400 characters.
        secrets: Keys in use.
    """
    return Failure(
        kind=kind,
        retryable=kind in _RETRYABLE,
        ends_run=kind in _ENDS_RUN,
        detail=plain_line(redact(detail, secrets))[:400],
        remedy=_REMEDIES[kind],
    )


def plain_line(text: str) -> str:
    """One line without control, invisible or reordering characters, safe for log and terminal.

    Args:
        text: Whatever an endpoint said.
    """
    while found := unprintable(text, newlines=False):
        text = text.replace(text[found[0]], " ")
    return " ".join(text.split())
