"""Judging: one seat's question asked of an llm (or the offline rubric) and its answer checked."""
