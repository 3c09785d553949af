"""The mission, in the order in which it runs."""
