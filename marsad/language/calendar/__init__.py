"""How dates and times are written: words to parts of a date, and parts to moments. `dates` is the door."""
