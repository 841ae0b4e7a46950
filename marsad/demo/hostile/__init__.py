"""The hostile site: everything that a server can do to those who read from it."""
