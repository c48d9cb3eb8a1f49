"""What relief says of care platforms (爱心平台)."""
