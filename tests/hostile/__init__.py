"""Hostile texts, files, names and answers against the whole program."""
