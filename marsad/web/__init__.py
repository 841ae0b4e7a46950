"""The site: server-rendered pages that need no script."""
