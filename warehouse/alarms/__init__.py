"""Alarms as values: what is beyond its limit, in which state that is, and how many are told together. No I/O."""
