"""The front door of readers: serves the built site, takes votes and keeps subscribers."""
