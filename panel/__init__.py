"""shipskip: a panel of LLM reviewers drafts a ship/skip scorecard; a human editor owns it."""
