"""Run by Alembic: takes the connection that `upgrade` hands over."""

from alembic import context

from annotator.tables import LOG

context.configure(connection=context.config.attributes["connection"], target_metadata=LOG)
context.run_migrations()
