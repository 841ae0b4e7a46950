"""What is kept: one database, its tables, and a function for each question that is asked of it.

`engine.Store` opens it; the modules beside it hold functions that take a connection
and answer one question each, split by subject. No SQL stands anywhere else.
"""
