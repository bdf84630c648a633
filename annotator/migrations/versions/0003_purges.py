"""The log lets a purge take words out, and nothing else."""

from alembic import op

from annotator.tables import GUARDS

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name, guard in GUARDS.items():
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
        op.execute(f"CREATE TRIGGER {name} {guard}")
