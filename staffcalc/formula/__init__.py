"""The formula tree: computed exactly and over columns, read out in words and step by step."""
