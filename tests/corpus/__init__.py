"""Files as agencies really make them, each with its one right reading."""
