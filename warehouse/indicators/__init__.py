"""One module per formula: what a figure means, how it is calculated, and when it must not be."""
