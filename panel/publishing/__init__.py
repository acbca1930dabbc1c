"""Publishing: scorecards as text, Markdown and self-contained pages, written whole."""
