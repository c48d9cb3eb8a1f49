"""The peers: the same work, written as their own documentation shows it."""
