"""Tests of the checks beyond the schema."""
