"""The command line: one file a noun, no rule inside."""
