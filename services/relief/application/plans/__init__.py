"""Assistance plans (帮扶计划) and pair-ups of cadres with households (结对帮扶)."""
