"""Rows that are added, or brought up to date where they stand already, in both databases."""

from __future__ import annotations

# SQLite took PostgreSQL's words for it (ON CONFLICT … DO UPDATE), and SQLAlchemy writes the
# statement made here for either; the suite over both databases holds it to that.
from sqlalchemy.dialects.postgresql import insert as upsert

__all__ = ["upsert"]
