"""What may be done to drafts: rights, versions and the rules of approval, below every view."""
