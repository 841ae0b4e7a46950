"""Article → findings: one file each."""
