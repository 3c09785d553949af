"""Whole journeys across packages, told as tests: in Python, and in a browser."""
