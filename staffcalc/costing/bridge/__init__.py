"""From one plan's cost to another's, one change at a time."""
