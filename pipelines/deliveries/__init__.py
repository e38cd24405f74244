"""What was handed over, by whom, and what people decided about it."""
