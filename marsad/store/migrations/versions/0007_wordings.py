"""what tellings of the same event are recognised by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_wordings"
down_revision = "0006_moderation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("fingerprints") as table:
        table.add_column(sa.Column("wording", sa.LargeBinary(), nullable=True))
