"""Measures what the project promises about speed and size; `python -m benchmarks` runs everything."""
