"""The desk: where moderators and operators work, behind a sign-in."""
