"""What packages leave: receipts, and the keys that devices sign with."""

from alembic import op

from annotator.tables import known_key, receipt

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for table in (receipt, known_key):
        table.create(op.get_bind(), checkfirst=True)
