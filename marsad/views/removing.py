"""Requests for removal, for the site's edge."""

from marsad.store import requests

__all__ = ["requests"]
