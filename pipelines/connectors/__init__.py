"""Fetches what is not delivered by hand and puts it into the inbox as a file; reads, checks and loads nothing."""
