"""What each page contains, and how it stands on paper: read from one release, drawn without a browser."""
