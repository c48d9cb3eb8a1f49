"""School places (爱心学校)."""
