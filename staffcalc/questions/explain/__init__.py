"""`explain`: a formula or a measure read out, down to the figures of the file."""
