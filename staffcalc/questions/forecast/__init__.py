"""`forecast`: plans year by year, and whether they last."""
