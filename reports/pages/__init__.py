"""What each work page contains: one module a page, `facets(desk, filters)` and `build(desk, filters)`."""
