"""the places that articles name"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_article_places"
down_revision = "0010_saved_searches"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "article_places",
        sa.Column("article", NUMBER, autoincrement=False, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("stop", sa.Integer(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("dated", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name=op.f("fk_article_places_article_articles")
        ),
        sa.PrimaryKeyConstraint("article", "place", name=op.f("pk_article_places")),
    )
    op.create_index("ix_article_places_place_dated", "article_places", ["place", "dated", "article", "role"])
