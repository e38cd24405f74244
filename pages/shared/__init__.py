"""What the pages share: the cached door to data, and the wall component."""
