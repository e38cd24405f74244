"""What the walidata does on `disiplin_data`: confirm what is held, excuse what is late."""
