"""Waste: how much there is, and how much of it is managed."""
