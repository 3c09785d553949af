"""Budgets as data, and the scripts that measure them."""
