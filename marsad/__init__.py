"""Marsad, a self-hosted news search engine, press archive and early-warning desk."""
