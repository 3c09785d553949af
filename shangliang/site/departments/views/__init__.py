"""The handler's list and the two kinds of things on it."""
