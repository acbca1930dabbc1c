"""Alembic's environment, run by panel.store.schema and never from an alembic.ini."""
