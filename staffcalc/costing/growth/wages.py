"""What a wage comes to in a year: the cell of a schedule that has been reached, and prices that have grown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from staffcalc.formula.formula import Formula, Number, Quotient, Rounded, add, blend, grown, of_figure, times, value
from staffcalc.language.figures import Figure
from staffcalc.school.parts.growth import NO_GROWTH, Growth, Rate
from staffcalc.school.school import Post, ScheduleCell, Wage


def wage_formula(name: str, wage: Wage, growth: Growth) -> Formula:
    """Dollars a year for 1.0 FTE: the cell that has been reached, or a way between two of them."""
    gained = wage.steps.value if wage.steps is not None else Decimal(0)
    pay = _after(name, wage, int(gained), growth)
    if wage.steps is not None and gained % 1:
        following = _after(name, wage, int(gained) + 1, growth)
        if following != pay:  # at the top, and within a band, half a step is none
            pay = blend(pay, following, of_figure("part of a step", wage.steps._replace(value=gained % 1)))
    if wage.months is not None:
        pay = times(pay, of_figure("months", wage.months))
    if wage.per_months is not None:
        pay = Quotient(pay, of_figure("months of the schedule", wage.per_months))
    return pay if wage.paid_for is None else Quotient(pay, of_figure("FTE paid", wage.paid_for))


def is_spread(wage: Wage) -> bool:
    """Whether these are people of a band whose place in it nobody knows: they are spread evenly over its years."""
    return wage.cells[0].span > 1 and wage.place is None and len(wage.cells) > 1


def pay_by_place(name: str, wage: Wage, growth: Growth) -> list[tuple[int, Formula]]:
    """What people earn, and of those who are spread over a band each pay with the number of years that come to it."""
    if not is_spread(wage):
        return []
    gained = int(wage.steps.value) if wage.steps is not None else 0
    found: dict[tuple[int, int], tuple[int, Wage]] = {}
    for place in range(wage.cells[0].span):
        key = _reached(wage, place + gained), _reached(wage, place + gained + 1)
        many, first = found.get(key, (0, wage._replace(place=place)))
        found[key] = many + 1, first
    return [(many, wage_formula(name, one, growth)) for many, one in found.values()]


def entering_wage(post: Post, year: int) -> Wage | None:
    """What those earn by now who came from another role in a year, where their role states a salary."""
    return post.entrants[min(year, len(post.entrants) - 1)] if post.entrants else post.salary


def _after(name: str, wage: Wage, years: int, growth: Growth) -> Formula:
    """What is earned so many years after the first cell. People of a band, whose place in it nobody knows, are spread
    evenly over its years."""
    reached = _all_reached(wage, years)
    pay = {at: _cell_amount(name, wage.cells[at], growth) for at in reached}
    if len(pay) == 1:
        return next(iter(pay.values()))
    return Quotient(add(*(times(Number(reached[at]), one) for at, one in pay.items())), Number(reached.total()))


def _all_reached(wage: Wage, years: int) -> Counter[int]:
    """The cells on which the people of the first one are so many years later, by how many of its years."""
    if not is_spread(wage):
        return Counter({_reached(wage, (wage.place or 0) + years): 1})
    return Counter(_reached(wage, place + years) for place in range(wage.cells[0].span))


def amounts_as_stated(name: str, wages: Sequence[Wage]) -> list[Formula] | None:
    """The cells or plain salaries that these wages are, before any growth; None where more is to be told of some."""
    cells = [_plain_cell(wage) for wage in wages]
    amounts = {id(cell): _stated(name, cell) for cell in cells if cell is not None}
    return [amounts[id(cell)] for cell in cells] if all(cells) else None


def _plain_cell(wage: Wage) -> ScheduleCell | None:
    """The cell or the plain salary that is paid as it stands; None where more is to be told."""
    gained = wage.steps.value if wage.steps is not None else Decimal(0)
    if gained % 1 or wage.months or wage.per_months or wage.paid_for:
        return None
    reached = _all_reached(wage, int(gained))
    cell = wage.cells[next(iter(reached))]
    return None if len(reached) > 1 or cell.differentials or cell.amount.dated is not None else cell


def _reached(wage: Wage, years: int) -> int:
    """The cell that is reached so many years after the beginning of the first one."""
    top = len(wage.cells) - 1
    for at, cell in enumerate(wage.cells[:top]):
        if years < cell.span:
            return at
        years -= cell.span
    return top


def _stated(name: str, cell: ScheduleCell) -> Formula:
    return of_figure(f"{name} {cell.name}" if cell.name else name, cell.amount)


def _cell_amount(name: str, cell: ScheduleCell, growth: Growth) -> Formula:
    amount = _stated(name, cell)
    dated = [figure.dated is not None for _, figure in cell.differentials if figure.unit != "rate"]
    apart = any(one != (cell.amount.dated is not None) for one in dated)  # some of them grow, and some do not
    if apart:
        amount = _grown(amount, cell.amount, growth)
    terms: list[Formula] = [amount]
    for differential, figure in cell.differentials:
        more = of_figure(differential, figure)
        terms.append(
            times(amount, more) if figure.unit == "rate" else _grown(more, figure, growth if apart else NO_GROWTH)
        )
    return add(*terms) if apart else _grown(add(*terms), cell.amount, growth)


def grown_price(name: str, figure: Figure, growth: Growth) -> Formula:
    """A price after the growth of all years since the file's."""
    return _grown(of_figure(name, figure), figure, growth)


def price_now(figure: Figure, growth: Growth) -> Figure:
    """A price as it is after the growth of all years since the file's, to the cent or to six decimals of a rate."""
    if figure.dated is not None or not any(growth.since(figure.since)):
        return figure
    now = value(Rounded(grown_price("", figure, growth), 6 if figure.unit == "rate" else 2))
    return figure._replace(value=now.normalize() + 0, over=None)


def _grown(amount: Formula, figure: Figure, growth: Growth) -> Formula:
    """What is stated for this very year does not grow; what a decision states has grown since it began."""
    return amount if figure.dated is not None else growing(amount, growth.since(figure.since))


def growing(amount: Formula, growth: Iterable[Rate]) -> Formula:
    """An amount after the growth of these years; a raise in the middle of the last one is of a part of it."""
    for rate, months, of in growth:
        raised = grown(amount, of_figure("growth", rate))
        if months is None:
            amount = raised
        else:
            whole = Number(12) if of is None else of_figure("months of the year", of)
            amount = blend(amount, raised, Quotient(of_figure("months", months), whole))
    return amount
