"""Payments (资金发放): from reserved money to the payee's own account."""
