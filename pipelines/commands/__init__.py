"""What the command line says and checks."""
