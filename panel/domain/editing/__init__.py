"""What editors do to a draft: pure rules over frozen values, blind to databases and pages."""
