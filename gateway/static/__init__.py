"""Pages of the door itself."""
