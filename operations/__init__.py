"""What happens by itself: one resident process for each profile."""
