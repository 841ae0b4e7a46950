"""what users of reader apps have read and starred"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_marks"
down_revision = "0008_templates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "marks",
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("article", sa.BigInteger(), nullable=False),
        sa.Column("read", sa.Boolean(), nullable=False),
        sa.Column("starred", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_marks_article_articles")),
        sa.ForeignKeyConstraint(
            ["user"], ["users.name"], name=op.f("fk_marks_user_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user", "article", name=op.f("pk_marks")),
    )
    op.create_table(
        "read_until",
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["sources.slug"], name=op.f("fk_read_until_source_sources")),
        sa.ForeignKeyConstraint(
            ["user"], ["users.name"], name=op.f("fk_read_until_user_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user", "source", name=op.f("pk_read_until")),
    )
