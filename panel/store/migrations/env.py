"""Runs migrations on the connection, and in the transaction, that panel.store.schema opened."""

from alembic import context

from panel.store.public_tables import metadata
from panel.store.schema import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
