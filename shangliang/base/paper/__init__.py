"""Sheets of paper as PDF (纸), set by typst in a child process. Knows no process and no table.

A sheet is a template (`typst/*.typ` of the package whose sheet it is) and data: all words come in as data and
are placed as strings, never read as markup. The same data give the same bytes.
"""
