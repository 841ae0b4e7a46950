"""what the pages of each source repeat"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_templates"
down_revision = "0007_wordings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "templates",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["sources.slug"], name=op.f("fk_templates_source_sources")),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_templates")),
    )
