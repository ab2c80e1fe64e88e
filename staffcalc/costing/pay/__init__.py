"""What the staff of a post cost: pay, benefits and what is saved, and which fund pays what of it."""
