"""The store: everything a run leaves, append-only, each row named by its digest."""
