"""The vocabulary of oversight: what readers report, what the desk decides and does, and who may.

As in `model`: frozen dataclasses that do no work, moments in UTC, clean plain text. Of ours they
know the vocabulary of articles alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from marsad.model import Standing


class Reason(StrEnum):
    """Why something is reported or withheld."""

    VIOLENT = "violent"
    """Violent or indecent."""
    PRIVACY = "privacy"
    WRONG_IMAGE = "wrong_image"
    COPYRIGHT = "copyright"
    WRONG_LINK = "wrong_link"
    """It leads elsewhere, or was hijacked."""
    OTHER = "other"
    PUBLISHER = "publisher"
    """Its publisher asked for it; not for readers to choose."""


class RequestState(StrEnum):
    """How far a request for removal has come."""

    OPEN = "open"
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


class Act(StrEnum):
    """What is done beside deciding on articles and images, at the desk or by commands."""

    ADDED = "added"
    """Of a newspaper, as all that follow as far as REMOVED."""
    LISTED = "listed"
    """A list that was read says something else of it than before."""
    DESCRIBED = "described"
    DISPLAY = "display"
    PAUSED = "paused"
    RESUMED = "resumed"
    REMOVED = "removed"
    """Taken off the list."""
    ANSWERED = "answered"
    """Of a request for removal."""
    LET_IN = "let_in"
    """Of a user, as all that follow."""
    LET_OUT = "let_out"
    PASSWORD = "password"  # noqa: S105  # that it was changed
    TOKEN = "token"  # noqa: S105  # that it was changed
    FACTOR = "factor"
    """A second factor is asked for from now on."""
    NO_FACTOR = "no_factor"


OF_USERS = frozenset({Act.LET_IN, Act.LET_OUT, Act.PASSWORD, Act.TOKEN, Act.FACTOR, Act.NO_FACTOR})


class Role(StrEnum):
    """What somebody who can sign in may do; each may also do what those before it may."""

    READER = "reader"
    """Reads, also with reader apps; and signs in where a site is closed to strangers."""
    MODERATOR = "moderator"
    """Decides on reports and requests."""
    OPERATOR = "operator"
    """Manages newspapers and what may be shown of them."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is reported and decided on: an article, or an image wherever it stands."""

    #: The article, or one in which the image stands.
    article: int
    #: Key of the image, "" for the article itself.
    image: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One reader's report. The digests tell people apart and name nobody; they are forgotten in time."""

    thing: Thing
    reason: Reason
    at: datetime
    #: Of the network and the browser; of the cookie; and of the network alone, where that tells anything.
    voter: bytes | None = None
    device: bytes | None = None
    network: bytes | None = None
    note: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of an article or an image, by whom, and why. Decisions are never changed, only followed."""

    thing: Thing
    standing: Standing
    reason: Reason
    at: datetime
    #: Name of the moderator, "" where enough readers agreed.
    by: str = ""
    note: str = ""
    #: Address of the image at its newspaper.
    address: str = ""
    #: Number of the newest report that was known: those up to it are answered.
    answers: int = 0
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something else that was done, and by whom."""

    act: Act
    #: Slug of the newspaper, number of the request, or name of the user.
    thing: str
    #: Name of who was signed in at the desk, "" where it was done by a command.
    by: str
    at: datetime
    #: What was changed, as it is from then on; never a secret.
    detail: Mapping[str, str] = field(default_factory=dict)
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A publisher's or a person's request that something be removed."""

    number: int
    at: datetime
    #: ``publisher`` or ``person``.
    role: str
    #: What it is about: addresses of ours, a line each.
    about: str
    text: str
    contact: str
    state: RequestState = RequestState.OPEN
    answer: str = ""
    by: str = ""
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who can sign in."""

    name: str
    role: Role
    added: datetime
    #: Whether a reader app may sign in with a token, and whether signing in asks for a second factor.
    has_token: bool = False
    has_totp: bool = False
