"""The masterplan: what programmes have reached, against what was planned, and who has not reported."""
