"""What relief says of wage advances (工资垫付)."""
