"""`diff`: what differs between two plans, two commits or two years, dollar by dollar."""
