"""How Alembic reaches the database: over the connection that the store hands to it."""

from __future__ import annotations

from alembic import context

import marsad.store.people_tables  # noqa: F401 # all tables fill the metadata
from marsad.store.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
