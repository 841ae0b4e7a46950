"""what articles mean"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_article_vectors"
down_revision = "0004_pictures"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "article_vectors",
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("article", NUMBER, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_article_vectors_article")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_article_vectors")),
        sa.UniqueConstraint("article", name=op.f("uq_article_vectors_article")),
        sqlite_autoincrement=True,
    )
