"""Random plans that take more staff than there is in some year: refused are just those of a second calculator."""

from __future__ import annotations

import os
import re

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from costing.agreement import read
from costing.newer import known
from schools import Plain, every_feature
from secondcalculator.enough import overdrawn
from staffcalc.costing.years.later_years import in_checked_year
from staffcalc.source.problems import SchoolFileError

EXAMPLES = int(os.environ.get("STAFFCALC_SEARCH", "60"))
searching = settings(max_examples=EXAMPLES, derandomize="STAFFCALC_SEARCH" not in os.environ)
of_all = st.deferred(lambda: every_feature(new=(*known(), "overdrawn")))
TOO_MANY = re.compile(r"removes .* of `.*`.*, but in 20\d\d-\d\d there are ")


@searching
@given(of_all, st.integers(0, 4))
def test_a_plan_that_takes_more_than_there_is_in_some_year_is_refused_and_no_other(
    files: list[Plain], years: int
) -> None:
    years = years if "year" in files[-1] else 0
    try:
        school = read(files)
    except SchoolFileError as error:
        if not _takes_too_many(error):
            reject()  # of other reasons
        assert overdrawn(files, 0)
        return
    assert not overdrawn(files, 0)
    if not school.year:
        return
    try:
        in_checked_year(school, years)
    except SchoolFileError as error:
        if not _takes_too_many(error):
            reject()
        assert overdrawn(files, years)
    else:
        assert not overdrawn(files, years)


def _takes_too_many(error: SchoolFileError) -> bool:
    return all(TOO_MANY.match(problem.message) for problem in error.problems)
