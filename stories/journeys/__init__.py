"""Whole ways in a real browser, on whichever database is connected, each person with a browser apart."""
