"""What can go wrong when an answer is shown."""


class OutputProblem(Exception):  # noqa: N818 (to the user it is a problem, like those of a file)
    """The answer cannot be shown as asked; the message says what would be right."""

    @property
    def message(self) -> str:
        return str(self)
