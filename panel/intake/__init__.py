"""Reads documents of strangers: fetches, cleans, keeps and quotes them, and decides nothing."""
