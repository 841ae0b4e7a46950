"""Numbers that rows bring with them, such as those of a restored archive."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select


def count_on_from(connection: Connection, table: Table, number: int) -> None:
    """Rows of `table` that bring no number get higher ones than `number` from now on.

    SQLite looks at its rows by itself; PostgreSQL counts beside them.
    """
    if connection.dialect.name == "postgresql":
        counter = f"{table.name}_number_seq"
        connection.execute(select(func.setval(counter, func.greatest(func.nextval(counter), number))))
