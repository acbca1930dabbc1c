"""The queue library's own tables: made on first use, and brought up to date by its own migrations.

The library writes down nowhere which of its migrations were applied; a comment on its table does.
"""

from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from procrastinate.exceptions import ConnectorException

if TYPE_CHECKING:
    from procrastinate import App

BASELINE = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
"""The last migration of procrastinate 3.10, for tables that bear no mark."""

_MARK = "SELECT obj_description('procrastinate_jobs'::regclass) AS mark"
_ALONE = "SELECT pg_advisory_xact_lock(7290318045112071)"


async def prepare(app: "App") -> None:
    """Make the tables or bring them up to date; several workers may do so at once.

    Args:
        app: An open app.

    Raises:
        ConnectorException: The server refuses, e.g. since the user may create no table.
    """
    if not await app.check_connection_async():
        newest = max(_migrations())
        await _apply(app, app.schema_manager.get_schema(), newest)
    mark = await _mark(app) or BASELINE
    for name in sorted(name for name in _migrations() if name > mark):
        await _apply(app, _migrations()[name], name)


def _migrations() -> dict[str, str]:
    folder = files("procrastinate.sql.migrations")
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    }


async def _mark(app: "App") -> str:
    row = await app.connector.execute_query_one_async(_MARK)
    return str(row["mark"] or "")


async def _apply(app: "App", statements: str, name: str) -> None:
    """Apply statements as one transaction, unless somebody else has done so meanwhile."""
    text = f"{_ALONE};\n{statements};\nCOMMENT ON TABLE procrastinate_jobs IS '{name}'"
    try:
        await app.connector.execute_query_async(cast("Any", text.replace("%", "%%")))
    except ConnectorException:
        if not await app.check_connection_async() or await _mark(app) < name:
            raise
