"""Donated goods (捐赠物资、爱心互助园地)."""
