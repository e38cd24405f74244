"""How data arrives: contracts, readers, validation, quarantine, and the build of a release."""
