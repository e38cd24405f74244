"""One thin script per page; what they share is in `pages.shared`."""
