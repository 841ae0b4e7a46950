"""Bytes → entries: one file a format, chosen in `registry` by looking at the bytes."""
