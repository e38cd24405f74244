"""Official rules against published cases."""
