"""The tables of people: who can sign in, what they read and look for, what is reported, asked and decided.

They refer to newspapers and articles, and never the other way round: who imports this module has all tables.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, LargeBinary, Table, Text

from marsad.store.columns import Json, Moment, Number, metadata
from marsad.store.tables import articles, sources

users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    #: Argon2id, with its parameters and salt.
    Column("password", Text, nullable=False),
    #: Digest of the token that reader apps sign in with.
    Column("token", LargeBinary),
    #: Shared secret of the second factor, and the last of its steps that was used.
    Column("totp", Text),
    Column("totp_step", BigInteger, nullable=False),
    Column("added", Moment, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    #: Digest of what the cookie holds.
    Column("digest", LargeBinary, primary_key=True),
    Column("user", ForeignKey(users.c.name), nullable=False, index=True),
    Column("started", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("user", Text, ForeignKey(users.c.name, ondelete="CASCADE"), primary_key=True),
    Column("article", BigInteger, ForeignKey(articles.c.number), primary_key=True),
    Column("read", Boolean, nullable=False),
    Column("starred", Boolean, nullable=False),
)

#: Up to when a user has read everything of a source.
read_until = Table(
    "read_until",
    metadata,
    Column("user", Text, ForeignKey(users.c.name, ondelete="CASCADE"), primary_key=True),
    Column("source", Text, ForeignKey(sources.c.slug), primary_key=True),
    Column("moment", Moment, nullable=False),
)

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("number", Number, primary_key=True),
    Column("token", Text, nullable=False, unique=True),
    Column("user", Text, ForeignKey(users.c.name, ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("parameters", Json, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("made", Moment, nullable=False),
    sqlite_autoincrement=True,
)

reports = Table(
    "reports",
    metadata,
    Column("number", Number, primary_key=True),
    Column("article", ForeignKey(articles.c.number), nullable=False),
    #: Key of the image, "" for the article itself.
    Column("image", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    #: Digests that tell people apart; NULL once they are forgotten.
    Column("voter", LargeBinary),
    Column("device", LargeBinary),
    Column("network", LargeBinary),
    Column("at", Moment, nullable=False, index=True),
    Index("ix_reports_image_article", "image", "article"),
    sqlite_autoincrement=True,
)

#: Rows are added and never changed; triggers see to it.
decisions = Table(
    "decisions",
    metadata,
    Column("number", Number, primary_key=True),
    Column("article", Number, nullable=False),
    Column("image", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("reason", Text, nullable=False),
    #: Name of the moderator, "" where enough readers agreed.
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    #: Number of the newest report that was known.
    Column("answers", Number, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_decisions_image_article", "image", "article"),
    sqlite_autoincrement=True,
)

#: What else was done, at the desk and by commands. Rows are added and never changed; triggers see to it.
deeds = Table(
    "deeds",
    metadata,
    Column("number", Number, primary_key=True),
    Column("act", Text, nullable=False),
    #: Slug of a newspaper, number of a request, name of a user.
    Column("thing", Text, nullable=False, index=True),
    #: Name of who was signed in, "" for a command.
    Column("by", Text, nullable=False),
    Column("detail", Json, nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

requests = Table(
    "requests",
    metadata,
    Column("number", Number, primary_key=True),
    #: Digest of what its address ends with.
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    Column("role", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("closed", Moment),
    sqlite_autoincrement=True,
)
