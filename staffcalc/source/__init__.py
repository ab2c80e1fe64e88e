"""Text → a tree with places: YAML, CSV, files and roots. Knows no school."""
