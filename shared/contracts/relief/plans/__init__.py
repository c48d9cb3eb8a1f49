"""What relief says of assistance plans (帮扶计划) and pair-ups (结对帮扶)."""
