"""What relief says of payments (资金发放)."""
