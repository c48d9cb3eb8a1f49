"""What relief says of school places (爱心学校)."""
