"""The same job done plainly with other tools, to have a ratio and not only a number of seconds."""
