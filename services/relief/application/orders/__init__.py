"""The care supermarket's orders (网上、电话爱心超市)."""
