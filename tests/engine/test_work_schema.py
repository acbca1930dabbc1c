"""The queue's tables: made once by whoever comes first, brought up to date later."""

import asyncio

import pytest
from procrastinate import App, PsycopgConnector

from panel.engine.work_schema import BASELINE, prepare
from tests.databases import rows, tamper

MARK = "SELECT obj_description('procrastinate_jobs'::regclass)"


async def prepared(url: str) -> None:
    app = App(connector=PsycopgConnector(conninfo=url))
    async with app.open_async():
        await prepare(app)


def test_many_at_once_make_the_tables_once(empty_postgres_url: str) -> None:
    async def story() -> None:
        await asyncio.gather(*(prepared(empty_postgres_url) for _ in range(4)))

    asyncio.run(story())
    [(mark,)] = rows(empty_postgres_url, MARK)
    assert mark >= BASELINE
    assert rows(empty_postgres_url, "SELECT count(*) FROM procrastinate_jobs") == [(0,)]


@pytest.mark.parametrize("mark", ["'03.04.00_01_pre_add_retry_failed_job_procedure.sql'", "NULL"])
def test_older_tables_are_brought_up_to_date(empty_postgres_url: str, mark: str) -> None:
    asyncio.run(prepared(empty_postgres_url))
    [(newest,)] = rows(empty_postgres_url, MARK)
    tamper(empty_postgres_url, f"COMMENT ON TABLE procrastinate_jobs IS {mark}")

    async def story() -> None:
        await asyncio.gather(*(prepared(empty_postgres_url) for _ in range(3)))

    asyncio.run(story())
    [(now,)] = rows(empty_postgres_url, MARK)
    assert now == (None if mark == "NULL" else newest)
