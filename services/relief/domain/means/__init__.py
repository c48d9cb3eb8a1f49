"""The means test (家计调查)."""
