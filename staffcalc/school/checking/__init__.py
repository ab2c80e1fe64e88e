"""What must hold of a file as a whole: what is refused with its line, and what is worth a second look."""
