"""what the desk did beside deciding, what it says of newspapers, and when feeds were visited"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marsad.store.migrations.appending import only_add_to

revision = "0012_deeds"
down_revision = "0011_article_places"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "deeds",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_deeds")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deeds_thing", "deeds", ["thing"])
    only_add_to("deeds")
    op.add_column("sources", sa.Column("described", sa.Text(), nullable=True))
    op.add_column("feeds", sa.Column("visited", sa.BigInteger(), nullable=True))
