"""Feeds of the site: what a list shows, in the formats of feed readers."""
