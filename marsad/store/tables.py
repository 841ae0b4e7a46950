"""The tables, as SQLAlchemy Core sees them. Those of people are in `people_tables`.

The migrations build the same; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from marsad.store.columns import Json, Moment, Number, metadata

sources = Table(
    "sources",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("home", Text, nullable=False),
    Column("languages", Json, nullable=False),
    Column("country", Text),
    Column("timezone", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("display", Text, nullable=False),
    Column("paused", Boolean, nullable=False, default=False),
    #: Taken off the list; its articles stay.
    Column("removed", Boolean, nullable=False, default=False),
    Column("added", Moment, nullable=False),
    #: What the desk decided: it stands before `display`.
    Column("decided", Text),
    Column("permitted", Boolean, nullable=False, default=False),
    #: The names of the columns that the desk has filled in: no list changes them.
    Column("described", Json),
)

feeds = Table(
    "feeds",
    metadata,
    Column("source", ForeignKey("sources.slug"), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("rubric", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("rhythm", Json),
    Column("next_visit", Moment, nullable=False, index=True),
    #: What the last reading of it tolerated, and the last error.
    Column("tolerated", Json, nullable=False),
    Column("error", Text),
    #: When it was last asked for.
    Column("visited", Moment),
)

articles = Table(
    "articles",
    metadata,
    Column("number", Number, primary_key=True),
    Column("source", ForeignKey("sources.slug"), nullable=False),
    Column("address", Text, nullable=False),
    Column("identifier", Text),
    Column("title", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("author", Text),
    Column("language", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("section_score", Float),
    Column("runner_up", Text),
    Column("credit", Text),
    Column("published", Moment),
    Column("precision", Text),
    Column("published_origin", Text),
    Column("modified", Moment),
    Column("collected", Moment, nullable=False),
    #: `published`, or `collected` where no date was found: what lists are sorted by.
    Column("dated", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("story", Number, nullable=False),
    #: The first image's address, for lists.
    Column("picture", Text),
    #: The most that its page allows to be shown, and what was decided of it; NULL for all of it.
    Column("display", Text),
    Column("standing", Text),
    UniqueConstraint("source", "address"),
    Index("ix_articles_dated", "dated", "number"),
    Index("ix_articles_source_dated", "source", "dated", "number"),
    Index("ix_articles_section_dated", "section", "dated", "number"),
    Index("ix_articles_story_dated", "story", "dated", "number"),
    Index("ix_articles_identifier", "source", "identifier"),
    sqlite_autoincrement=True,
)

bodies = Table(
    "bodies",
    metadata,
    Column("article", ForeignKey("articles.number"), primary_key=True, autoincrement=False),
    Column("blocks", Json, nullable=False),
    Column("images", Json, nullable=False),
    Column("rubrics", Json, nullable=False),
    Column("origins", Json, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("article", ForeignKey("articles.number"), primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("collected", Moment, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("title", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("text", Text, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("address", Text, primary_key=True),
    Column("source", ForeignKey("sources.slug"), nullable=False),
    #: The article that stands at this address, also where it is one of several for it.
    Column("article", ForeignKey("articles.number")),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("attempts", Integer, nullable=False),
    Column("tried", Moment, nullable=False),
    #: When to fetch it (again); NULL where that is settled.
    Column("next_visit", Moment),
    #: What the feed said of it, for an address that waits or whose page cannot be had.
    Column("entry", Json),
    #: Digest of what the feed says of it; another digest means another fetch.
    Column("announced", BigInteger),
    Index("ix_visits_source_next_visit", "source", "next_visit"),
    Index("ix_visits_article", "article"),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("article", ForeignKey("articles.number"), primary_key=True, autoincrement=False),
    Column("dated", Moment, nullable=False, index=True),
    Column("fingerprint", LargeBinary, nullable=False),
    #: The terms of headline and beginning, six bytes each; NULL for articles kept before these were.
    Column("wording", LargeBinary),
)

copies = Table(
    "copies",
    metadata,
    Column("article", ForeignKey("articles.number"), primary_key=True, autoincrement=False),
    Column("of", ForeignKey("articles.number"), primary_key=True, autoincrement=False),
    Column("share", Float, nullable=False),
    Index("ix_copies_of", "of"),
)

stories = Table(
    "stories",
    metadata,
    Column("number", Number, primary_key=True),
    #: NULL only within the transaction that opens the story.
    Column("representative", ForeignKey("articles.number")),
    Column("section", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("independents", Integer, nullable=False),
    #: The story that this one was joined to: its address leads there.
    Column("joined_to", Number),
    Index("ix_stories_last_seen", "last_seen", "number"),
    Index("ix_stories_section_last_seen", "section", "last_seen", "number"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("position", Number, primary_key=True),
    Column("article", Number, nullable=False),
    Column("change", Text, nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

cursors = Table(
    "cursors",
    metadata,
    Column("reader", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("source", Text, primary_key=True),
    #: What came in: a `feed`, a `page`, an import's `line`.
    Column("input", Text, primary_key=True),
    Column("outcome", Text, primary_key=True),
    Column("count", BigInteger, nullable=False),
)

defects = Table(
    "defects",
    metadata,
    Column("number", Number, primary_key=True),
    Column("source", Text, nullable=False),
    Column("thing", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("traceback", Text, nullable=False),
    sqlite_autoincrement=True,
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("fetched", Moment, nullable=False),
    Column("record", Json, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

#: Images of which something was decided, by the key of their address.
images = Table(
    "images",
    metadata,
    Column("key", Text, primary_key=True),
    Column("standing", Text, nullable=False),
    Column("since", Moment, nullable=False),
)

#: Images that were fetched, by the key of their address.
pictures = Table(
    "pictures",
    metadata,
    Column("key", Text, primary_key=True),
    #: As they are shown at the widest; NULL where the image cannot be had.
    Column("width", Integer),
    Column("height", Integer),
    #: Why it cannot be had, and when to try again.
    Column("reason", Text),
    Column("again", Moment),
)

article_vectors = Table(
    "article_vectors",
    metadata,
    #: Grows with every change of what is kept here.
    Column("position", Number, primary_key=True),
    Column("article", ForeignKey("articles.number"), nullable=False, unique=True),
    #: The digest of the state of the article that was embedded.
    Column("digest", LargeBinary, nullable=False),
    #: A row of int8 for each part of the text.
    Column("vectors", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

#: What the pages of each source repeat: one JSON object each, bounded by who writes it.
templates = Table(
    "templates",
    metadata,
    Column("source", ForeignKey("sources.slug"), primary_key=True),
    Column("template", Json, nullable=False),
)

#: The places that an article names, and those that its main places lie in.
article_places = Table(
    "article_places",
    metadata,
    Column("article", ForeignKey("articles.number"), primary_key=True, autoincrement=False),
    #: By which the gazetteer knows it.
    Column("place", Text, primary_key=True),
    #: 0 what the article is about, 1 what that lies in, 2 named by the way.
    Column("role", Integer, nullable=False),
    #: Where it is named first, and how often; NULL for what is not named itself.
    Column("part", Text),
    Column("start", Integer),
    Column("stop", Integer),
    Column("times", Integer, nullable=False),
    #: As of the article: lists are read from the index alone.
    Column("dated", Moment, nullable=False),
    Index("ix_article_places_place_dated", "place", "dated", "article", "role"),
)
