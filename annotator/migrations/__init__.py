"""Alembic's steps of the log's four tables. The nouns' tables are rebuilt from the log instead."""

from pathlib import Path

from sqlalchemy import Connection

FOLDER = Path(__file__).parent


def upgrade(connection: Connection) -> None:
    """Brings the log's tables to the newest step, inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
