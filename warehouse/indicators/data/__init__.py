"""Discipline of the data itself."""
