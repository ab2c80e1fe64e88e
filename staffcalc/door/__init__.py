"""The door for programs: a school that was read, its plans, and what they cost. Thin: nothing is computed here."""

from staffcalc.door.costs import Costs as Costs
from staffcalc.door.costs import PlanCosts as PlanCosts
from staffcalc.door.costs import Row as Row
from staffcalc.door.schools import Number as Number
from staffcalc.door.schools import Plan as Plan
from staffcalc.door.schools import School as School
from staffcalc.door.schools import Staff as Staff
from staffcalc.door.schools import StaffingError as StaffingError
from staffcalc.door.schools import read as read
from staffcalc.errors import StaffcalcError as StaffcalcError
from staffcalc.questions.selection import UnknownNameError as UnknownNameError
from staffcalc.source.problems import SchoolFileError as SchoolFileError
