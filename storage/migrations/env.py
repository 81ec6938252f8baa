"""Alembic's entry: runs the migrations on the connection that `storage.database` hands over."""

from alembic import context

from storage.tables import BoardRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=BoardRow.metadata,
    render_as_batch=True,  # SQLite can't alter a table: Alembic copies it
)
with context.begin_transaction():
    context.run_migrations()
