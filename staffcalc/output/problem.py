"""What can go wrong when an answer is shown."""

from staffcalc.errors import StaffcalcError


class OutputProblem(StaffcalcError):  # noqa: N818 (to the user it is a problem, like those of a file)
    """The answer cannot be shown as asked; the message says what would be right."""

    @property
    def message(self) -> str:
        return str(self)
