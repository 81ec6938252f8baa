"""Alembic's entry point: runs the migrations on the connection from `storage.database`."""

from alembic import context

from storage.tables import BoardRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=BoardRow.metadata,
    render_as_batch=True,  # SQLite can't alter a table, so Alembic copies it.
)
with context.begin_transaction():
    context.run_migrations()
