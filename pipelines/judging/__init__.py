"""From text cells to typed values: each row accepted or quarantined with a reason, each delivery loaded or held."""
