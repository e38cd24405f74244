"""Containers and layout: what a file is, where its table starts and ends, what is data and what is not."""
