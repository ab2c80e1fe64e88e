"""The staff of a post, from today to a plan and through its years, as counts with their formulas."""
