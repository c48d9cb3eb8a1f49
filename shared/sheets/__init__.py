"""Sheets for people outside the product (XLSX, CSV): described once, written in one way, harmless to open."""
