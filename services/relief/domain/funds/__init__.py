"""Funds (帮扶资金) and their ledger."""
