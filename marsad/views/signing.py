"""Signing in and out, for the site's edge."""

from marsad.store import sessions, users
from marsad.store.sessions import Bounds

__all__ = ["Bounds", "sessions", "users"]
