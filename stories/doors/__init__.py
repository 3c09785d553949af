"""Every door of the house, tried by everybody: what is told there, what is let in, what is born of it."""
