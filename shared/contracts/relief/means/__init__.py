"""What relief says of means tests (家计调查)."""
