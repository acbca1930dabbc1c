"""Values and rules on the way from documents to a dossier; no document is opened here."""
