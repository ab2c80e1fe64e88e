"""The rules of a plan for later years: what they come to in each, and which funds end."""
