"""staffcalc: cost a school's staffing scenarios against its existing budget, side by side.

For Python programs, as for the command line:

    import staffcalc

    school = staffcalc.read("scenarios/brooklyn-laboratory.yaml")
    costs = school.cost(year="2018-19")
    costs["without the grant"].measure("left", fund="general")

`staffcalc guide python` tells the rest. What is not in `__all__` is private and may change.
"""

__version__ = "0.1.0"

__all__ = [
    "Costs",
    "Number",
    "Plan",
    "PlanCosts",
    "Row",
    "School",
    "SchoolFileError",
    "Staff",
    "StaffcalcError",
    "StaffingError",
    "UnknownNameError",
    "__version__",
    "read",
]

TYPE_CHECKING = False  # that of `typing`, which takes longer to import than all the rest of this module
if TYPE_CHECKING:
    from staffcalc.door import Costs, Number, Plan, PlanCosts, Row, School, Staff, StaffingError, read
    from staffcalc.errors import StaffcalcError
    from staffcalc.questions.selection import UnknownNameError
    from staffcalc.source.problems import SchoolFileError
else:

    def __getattr__(name: str) -> object:
        """What programs use is imported when it is first used: the command line starts without it."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from staffcalc import door

        found = globals()[name] = getattr(door, name)
        return found

    def __dir__() -> list[str]:
        return sorted(__all__)
