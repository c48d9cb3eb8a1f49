"""Watching the spread of money (资金投放监测) and findings (比对发现)."""
