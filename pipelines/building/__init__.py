"""From deliveries to a published release, whole or not at all."""
