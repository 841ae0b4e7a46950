"""Marsad, a self-hosted news search engine, press archive and early-warning desk."""

import os

# Before anything loads NumPy, which reads it then: its products here are small, and its other threads would
# turn in circles after each of them, for as long as the product took and longer. An article found its story
# in half of the processor time without.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
