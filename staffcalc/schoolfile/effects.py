"""No key without effect: what could say nothing where it stands is refused with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffcalc.schoolfile.figures import Figure
from staffcalc.schoolfile.language import Role
from staffcalc.schoolfile.problems import Problems
from staffcalc.schoolfile.tree import ANNOTATIONS, Block, Text

if TYPE_CHECKING:
    from staffcalc.schoolfile.schedules import Schedules
    from staffcalc.schoolfile.school import Staffed

_WAGES = ("salary", "average", "new_hire")
_STATE_WHAT_IS_PAID = "state what is paid for these months, or use a schedule that has `months`"


def check_effects(name: Text, role: Role, schedules: Schedules, problems: Problems) -> None:
    """What a role says of months and of released time changes what it costs, whoever holds it."""
    if role.months is not None:
        if not _on_cells(role) and role.schedule is None and (role.salary is not None or role.hourly is not None):
            problems.add(role.months.place, f"`{name}` has `months`, but its pay is no cell", _STATE_WHAT_IS_PAID)
        elif (_on_cells(role) or role.schedule or not role.stipend) and schedules.is_of_whole_years(role.schedule):
            what = f"`{name}` has `months`, but its schedule does not say for how many months its amounts are"
            problems.add(role.months.place, what, "add `months: 10` to the schedule, or `per: month`")
    release = role.release
    if release is not None and release.cover is None and release.charged_to is None:
        what = f"the released time of `{name}` is neither covered nor charged to a fund"
        problems.add(release.share.place, what, "add `cover:` with a role, or `charged_to:` with a fund")


def check_effects_on(staffed: Staffed, problems: Problems) -> None:
    """What a role says of its salary changes what these staff cost: some of them, or the role itself, have one."""
    role = staffed.post.role
    placed = [one.wage for one in staffed.placed]
    wages = [wage for wage in (staffed.post.salary, staffed.post.average, staffed.post.new_hire, *placed) if wage]
    if role.extra_days is not None and not wages and role.hourly is None:
        what = f"`{staffed.post.name}` has `extra_days`, but no salary by the day"
        problems.add(role.extra_days.place, what, "add `salary: 50_000`, or pay the days by a stipend")
    if role.months is not None and not any(wage.rungs[0].name for wage in wages):
        what = f"`{staffed.post.name}` has `months`, but its pay is no cell"
        problems.add(role.months.place, what, _STATE_WHAT_IS_PAID)


def check_funds_said(tree: Block, problems: Problems) -> None:
    """What is told of funds says something of each."""
    key = tree.key("funds")
    funds = None if key is None else tree[key]
    if key is None or not isinstance(funds, Block):
        return
    hint = "say when it `ends`, what it `pays_for` or its amounts in single `years`, or leave it out"
    if not funds:
        problems.add(key.place, "`funds` names no fund", "leave it out")
    for name, fund in funds.items():
        if isinstance(fund, Block) and all(said in ANNOTATIONS for said in fund):
            problems.add(name.place, f"nothing is said of the fund `{name}`", hint)
        elif isinstance(fund, Block) and isinstance(may := fund.get(Text("pays_for")), Block) and not may:
            problems.add(may.place, f"`pays_for` of `{name}` names nothing", "pays_for: {category: [teacher]}")


def _on_cells(role: Role) -> bool:
    """Whether some pay of the role is a cell of a schedule."""
    return any(stated is not None and not isinstance(stated, Figure) for stated in (getattr(role, k) for k in _WAGES))
