"""Random valid school files: simple ones, and such as draw every key of the language together."""
