"""Doubles for our tests and other people's: a fake llm endpoint, and small valid values.

The endpoint is a real server on a real socket, because what breaks is what goes over the wire.
"""

from panel.testing.batch import BatchPlan, FakeBatch
from panel.testing.files import FakeFile
from panel.testing.grounded import grounded_answer
from panel.testing.gullible import gullible_answer
from panel.testing.reply import Reply, Script
from panel.testing.request import FakeRequest
from panel.testing.scripted import ScriptedJudge
from panel.testing.server import FakeOpenAI
from panel.testing.values import (
    AUDIENCE,
    FAKE_LLM,
    make_dossier,
    make_failure,
    make_order,
    make_persona,
    make_review,
    make_run,
    make_seat,
    make_verdict,
)

__all__ = [
    "AUDIENCE",
    "FAKE_LLM",
    "BatchPlan",
    "FakeBatch",
    "FakeFile",
    "FakeOpenAI",
    "FakeRequest",
    "Reply",
    "Script",
    "ScriptedJudge",
    "grounded_answer",
    "gullible_answer",
    "make_dossier",
    "make_failure",
    "make_order",
    "make_persona",
    "make_review",
    "make_run",
    "make_seat",
    "make_verdict",
]
