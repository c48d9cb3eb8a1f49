"""The demonstration centre: invented people, and four real stories told through the public API."""
