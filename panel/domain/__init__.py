"""Frozen values and pure rules; nothing here knows of files, networks or databases."""
