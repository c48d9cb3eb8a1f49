"""Servers of our own for one machine: a broker and a database that start, stop and leave nothing behind."""
