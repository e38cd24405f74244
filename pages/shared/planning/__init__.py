"""The way to a predikat by a reader's own estimates: costs, limits, the plans that follow, and suppositions."""
