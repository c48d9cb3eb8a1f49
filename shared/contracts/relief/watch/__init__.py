"""What relief says of the spread of its money and of findings (资金投放监测、比对发现)."""
