"""Formulas of official rules that no indicator uses yet: pure functions on Decimals."""
