"""staffcalc: cost a school's staffing scenarios against its existing budget, side by side."""

__version__ = "0.1.0"
