"""What relief says of hardship files (困难职工档案)."""
