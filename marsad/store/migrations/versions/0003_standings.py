"""what may be shown"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_standings"
down_revision = "0002_users"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sources", sa.Column("decided", sa.Text(), nullable=True))
    op.add_column("sources", sa.Column("permitted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("articles", sa.Column("display", sa.Text(), nullable=True))
    op.add_column("articles", sa.Column("standing", sa.Text(), nullable=True))
    op.create_table(
        "images",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_images")),
    )
