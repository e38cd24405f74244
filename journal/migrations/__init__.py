"""Steps of the journal's tables, oldest first; a step that has been published is never edited."""
