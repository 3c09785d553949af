"""Doors: they join packages and decide nothing."""
