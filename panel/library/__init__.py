"""The library: dossiers, personas and prompts read strictly from files."""
