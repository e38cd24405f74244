"""One module per step: v<number>_<what it brings>.py."""
