"""Budgets of agencies: how much of them is spent."""
