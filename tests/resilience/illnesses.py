"""Harm done to a process of the command before it begins, see `lives.begin`."""

import os
import resource
import signal
from typing import Any

from panel.judging.judge import LlmJudge
from panel.pipeline import Pipeline

GUILTY = ("tern-2", "skeptic")
"""The dossier and the seat that end their process."""


def deadly_answer() -> None:
    """Reading the guilty seat's answer ends the process."""
    real = LlmJudge._take  # pyright: ignore[reportPrivateUsage]

    def take(self: LlmJudge, question: Any, draft: Any, answer: Any) -> Any:
        if (question.dossier.slug, question.persona.id) == GUILTY:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, question, draft, answer)

    LlmJudge._take = take  # pyright: ignore[reportPrivateUsage]


def deadly_dossier() -> None:
    """Opening the guilty dossier ends the process."""
    real = Pipeline.open

    def open_(self: Pipeline, item: Any) -> Any:
        if item.slug == GUILTY[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, item)

    Pipeline.open = open_


def small_disk() -> None:
    """No file grows beyond what a list of twenty dossiers needs half way."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
