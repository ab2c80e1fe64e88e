"""`assumptions`: the register of figures, and what no dollar is counted for."""
