"""What relief says of funds (帮扶资金)."""
