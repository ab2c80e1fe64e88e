"""The one base of all errors."""


class StaffcalcError(Exception):
    """Whatever staffcalc refuses. Its text says what is wrong and then what would be right, with the place in a file
    where there is one."""
