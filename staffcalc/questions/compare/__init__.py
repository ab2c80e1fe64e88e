"""`compare`: the plans side by side, as columns, in short, and as programs read them."""
