"""Means tests (家计调查)."""
