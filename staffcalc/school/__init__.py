"""School, plan and post: built from what a file says, and checked."""
