"""What the page `kelola` is made of: people, screens, audit. Each part acts through the journal alone."""
