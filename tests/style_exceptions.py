"""Every exception to the house style, with its reason; each list may only shrink.

`tests/test_style.py` fails on an offender that is not listed here, and on an entry here that
offends no more.
"""

from typing import Final


def _each(path: str, reason: str, *names: str) -> dict[str, str]:
    """One entry for each module that a file imports inside a function."""
    return {f"{path}: {name}": reason for name in names}


_QUICK_HELP = "`--help` must not wait for what only a command needs"
_FOR_AN_LLM = "the openai library takes half of a start, and the offline judge needs none of it"
_FOR_WORKERS = "the queue library is needed only where workers do the work"

LONG_DOCSTRINGS: Final = {
    "panel/errors.py": "draws the error tree that the whole program raises from",
}

MANY_PARAMETERS: Final = {
    "panel/cli/working.py:worker": "a command has one parameter for each of its options",
}

BROAD_EXCEPTS: Final = {
    "panel/judging/judge.py:review": "a bad seat is a row, whatever its llm or library raises",
    "panel/cli/main.py:run": "a traceback shown to a person is a bug; this tells them so",
}

INLINE_IMPORTS: Final = {
    **_each(
        "panel/cli/dossiers.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.cli.dossier_view",
        "panel.cli.reports",
        "panel.domain.value",
        "panel.errors",
        "panel.library.files",
        "panel.library.texts",
    ),
    **_each(
        "panel/cli/comparing.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.cli.compare_text",
        "panel.errors",
    ),
    **_each("panel/cli/main.py", _QUICK_HELP, "importlib.metadata"),
    **_each(
        "panel/cli/personas.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.cli.persona_view",
        "panel.cli.reports",
        "panel.domain.value",
        "panel.errors",
        "panel.library.files",
    ),
    **_each(
        "panel/cli/reviewing.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.cli.running",
    ),
    **_each("panel/cli/options.py", _QUICK_HELP, "panel.settings"),
    **_each(
        "panel/cli/batching.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.cli.handover",
        "panel.cli.lists",
    ),
    **_each("panel/judging/endpoints.py", _FOR_AN_LLM, "openai", "panel.judging.as_is"),
    **_each("panel/judging/failures.py", _FOR_AN_LLM, "openai"),
    **_each(
        "panel/bootstrap/running.py",
        _FOR_AN_LLM,
        "panel.engine.rounds",
        "panel.judging.batch_apis",
    ),
    **_each("panel/cli/handover.py", _FOR_WORKERS, "panel.bootstrap.working"),
    **_each("panel/cli/lists.py", _FOR_WORKERS, "panel.bootstrap.working"),
    **_each("panel/cli/resuming.py", _FOR_WORKERS, "panel.bootstrap.working"),
    **_each("panel/cli/retrying.py", _FOR_WORKERS, "panel.bootstrap.working"),
    **_each(
        "panel/cli/after.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.cli.diffing",
        "panel.cli.finished",
        "panel.cli.handover",
        "panel.cli.resuming",
        "panel.cli.retrying",
        "panel.cli.scorecards",
        "panel.errors",
    ),
    **_each(
        "panel/cli/working.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.bootstrap.working",
        "panel.cli.stopping",
    ),
    **_each(
        "panel/cli/runs.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.bootstrap.proofs",
        "panel.bootstrap.replaying",
        "panel.cli.run_views",
        "panel.cli.stopping",
    ),
    **_each(
        "panel/cli/desk.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.bootstrap.observing",
        "panel.cli.tables",
        "panel.desk.accounts",
        "panel.desk.context",
        "panel.desk.serving",
        "panel.publishing.cells",
        "webbrowser",
    ),
    **_each(
        "panel/cli/serving.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.bootstrap.observing",
        "panel.public.serving",
    ),
    **_each(
        "panel/cli/voting.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.bootstrap.serving",
        "panel.cli.tables",
        "panel.domain.publication.votes",
        "panel.publishing.cells",
        "panel.store.votes",
    ),
    **_each(
        "panel/cli/subscribing.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.bootstrap.serving",
        "panel.publishing.cells",
        "panel.store.subscribers",
    ),
    **_each(
        "panel/cli/digesting.py",
        _QUICK_HELP,
        "panel.bootstrap.digesting",
        "panel.bootstrap.house",
        "panel.bootstrap.mailing",
        "panel.bootstrap.serving",
    ),
    **_each(
        "panel/cli/workspace.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.cli.doctoring",
        "panel.cli.settings_view",
        "panel.domain.dossier",
        "panel.domain.persona",
        "panel.domain.verdict",
        "panel.publishing.card_json",
        "panel.settings",
    ),
    **_each(
        "panel/cli/building_commands.py",
        _QUICK_HELP,
        "asyncio",
        "panel.bootstrap.house",
        "panel.bootstrap.intaking",
        "panel.cli.building",
    ),
    **_each(
        "panel/cli/resolving.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.bootstrap.resolving",
        "panel.cli.conflict_view",
        "panel.library.files",
    ),
    **_each(
        "panel/cli/predictions.py",
        _QUICK_HELP,
        "panel.bootstrap.foreseeing",
        "panel.bootstrap.house",
        "panel.cli.tables",
        "panel.domain.publication.predictions",
        "panel.domain.value",
        "pydantic",
    ),
    **_each(
        "panel/cli/publishing.py",
        _QUICK_HELP,
        "panel.bootstrap.house",
        "panel.bootstrap.publishing",
    ),
    **_each(
        "panel/cli/inbox.py",
        _QUICK_HELP,
        "asyncio",
        "datetime",
        "panel.bootstrap.house",
        "panel.bootstrap.intaking",
        "panel.bootstrap.watching",
        "panel.cli.building",
        "panel.cli.inbox_view",
    ),
    **_each(
        "panel/intake/parse.py",
        "a page is not to wait for what reads PDFs, nor a text for what reads pages",
        "panel.intake.cards",
        "panel.intake.html",
        "panel.intake.listing",
        "panel.intake.markdown",
        "panel.intake.pdf",
    ),
    **_each(
        "panel/intake/cards.py",
        "the address of a card is wanted far more often than its data",
        "huggingface_hub",
        "yaml",
    ),
    **_each(
        "panel/bootstrap/observing.py",
        "logs and traces are imported only when somebody asks for them",
        "panel.engine.log_watching",
        "panel.engine.logs",
        "panel.engine.traces",
        "panel.judging.endpoints",
    ),
    **_each(
        "panel/store/schema.py",
        "only a database that has to be migrated waits for the migration library",
        "alembic",
        "alembic.config",
    ),
}

PROMPT_LIKE: Final[dict[str, str]] = {}

WITHOUT_TEST_MODULE: Final[dict[str, str]] = {}
