"""What may be shown, what readers report, what is decided: pure deciders."""
