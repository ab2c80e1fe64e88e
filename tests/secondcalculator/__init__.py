"""A second calculator, slow and plain: from person to person with fractions, straight from the written rules.

It shares no code with staffcalc. What both agree on is right, or wrong in the same way twice.
"""

from secondcalculator.ledger import Costed, Line, costed

__all__ = ["Costed", "Line", "costed"]
