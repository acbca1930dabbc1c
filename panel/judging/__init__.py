"""Judging: one seat's question asked of an llm (or the offline rubric) and its answer checked."""

import logging

logging.getLogger("shipskip").addHandler(logging.NullHandler())  # silent until somebody asks
