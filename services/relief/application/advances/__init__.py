"""Wage advances (工资垫付)."""
