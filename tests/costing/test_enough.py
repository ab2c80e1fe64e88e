"""Random plans that take more staff than there is in some year: refused are just those of a second calculator."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from costing.agreement import read
from costing.newer import known
from randomfiles.edited import with_fewer_in_a_year
from schools import Plain, every_feature
from secondcalculator.enough import overdrawn
from staffcalc.costing.years.later_years import in_checked_year
from staffcalc.school.school import School
from staffcalc.source.problems import SchoolFileError

EXAMPLES = int(os.environ.get("STAFFCALC_SEARCH", "60"))
searching = settings(max_examples=EXAMPLES, derandomize="STAFFCALC_SEARCH" not in os.environ)
of_all = st.deferred(lambda: every_feature(new=known()).flatmap(with_fewer_in_a_year))
TOO_MANY = re.compile(r"removes .* of `.*`.*, but in 20\d\d-\d\d there are ")


@searching
@given(of_all)
def test_a_plan_that_takes_more_than_there_is_in_some_year_is_refused_and_no_other(files: list[Plain]) -> None:
    found: list[School] = []
    refused = _problems(lambda: found.append(read(files)))
    if refused:
        assert overdrawn(files, 0) or not all(map(TOO_MANY.match, refused))
        return
    assert not overdrawn(files, 0)
    for years in range(1, 4) if found[0].year else ():
        then = _problems(lambda years=years: in_checked_year(found[0], years))  # type: ignore[misc]
        assert all(map(TOO_MANY.match, then))
        assert bool(then) == bool(overdrawn(files, years))


def _problems(make: Callable[[], object]) -> list[str]:
    """Why something is refused; nothing where it is not."""
    try:
        make()
    except SchoolFileError as error:
        return [problem.message for problem in error.problems]
    return []
