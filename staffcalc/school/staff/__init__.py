"""How the staff of a plan is read: entries, ratios, classes, lines of a budget book, people of a roster."""
