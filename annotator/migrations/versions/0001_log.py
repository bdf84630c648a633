"""The log, its texts, and what the file says of itself: as first released."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """A file of this step is made whole by `Project.create`: there is nothing older to come from."""
