"""The migrations: appended, never edited once released."""
