"""The published site: what each page says, and how a build becomes what readers see."""
