"""Measures the product beside its peers on this machine: `make bench`, explained in docs/bench.md."""
