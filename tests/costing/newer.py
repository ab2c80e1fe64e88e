"""Which newer keys of the language the reader knows: those are drawn in random files, too."""

from __future__ import annotations

from functools import cache

from schools import Plain, school, written
from staffcalc.source.problems import SchoolFileError

FILE: Plain = {
    "school": "S",
    "year": "2026-27",
    "grades": {"K": "60"},
    "budget": {"general": "1000", "grant": "1000"},
    "benefits": {"b": {"ss": {"rate": "6.2%", "up_to": "100"}}},
    "roles": {
        "teacher": {
            "salary": "100",
            "new_hire": "50",
            "absence_days": "8",
            "substitute_day_rate": "1",
            "benefits": "b",
        },
        "aide": {"salary": "50"},
    },
    "baseline": {"teacher": "1"},
}
ROW: Plain = {"id": "1", "role": "aide", "fte": "0.5", "salary": "100"}
PROBES: dict[str, Plain] = {
    "cut_saves": {"cut_saves": "own", "scenarios": {"x": {"cut_saves": "own"}}},
    "section_rounding": {
        "baseline": {"teacher": {"sections": {"K": "20"}, "section_rounding": "up", "rounding": "nearest 0.5"}}
    },
    "classes": {"baseline": {"teacher": {"classes": {"English": "24"}, "periods": "5", "load": "25"}}},
    "caps": {"forecast": {"caps": {"ss": "2%"}}},
    "growth of all": {"forecast": {"benefits": {"substitutes": "2%"}}},
    "pay": {"roster": [{key: one for key, one in ROW.items() if key != "salary"} | {"pay": "50"}]},
    "share": {"roster": [{**ROW, "share": "50%"}]},
    "vacant": {"roster": [{**ROW, "vacant": "true"}]},
    "shares of a row": {"roster": [{**ROW, "funds": {"general": "50%", "grant": "50%"}}]},
    "teams": {
        "teams": {"a": {"leader": "teacher"}},
        "roles": {**FILE["roles"], "aide": {"salary": "50", "supplement": {"by_team_size": {"0+": "1"}}}},
    },
    "fund of pay": {
        "roles": {**FILE["roles"], "aide": {"salary": "50", "supplement": {"amount": "1", "fund": "grant"}}}
    },
    "once": {"other_costs": {"furniture": {"amount": "5", "once": "2027-28", "fund": "grant"}}},
    "rooms": {"rooms_available": "3", "roles": {**FILE["roles"], "aide": {"salary": "50", "rooms": "1"}}},
    "time": {
        "week": "2400",
        "learning": {"a": {"minutes": "5", "group_size": "5", "by": ["teacher"]}},
        "roles": {**FILE["roles"], "teacher": {**FILE["roles"]["teacher"], "time": {"planning": "10%"}}},
    },
    "needed": {
        "week": "2400",
        "learning": {"a": {"minutes": "5", "group_size": "5", "by": "teacher"}},
        "baseline": {"teacher": {"needed": "learning"}},
    },
    "one person": {"roster": [ROW, {**ROW, "fte": "0.25"}]},
    "posts of today": {"baseline": {"teacher": {"fte": "3", "vacant": "1", "leaving": "1"}}},
    "leaving": {"roster": [{**ROW, "leaving": "true"}]},
    "filled_from": {"roles": {**FILE["roles"], "aide": {"salary": "50", "filled_from": "teacher"}}},
    "raises": {"forecast": {"cola": {"2026-27": {"value": "4%", "months": "9"}}}},
    "months": {
        "baseline": {"teacher": {"fte": "1", "months": "10"}},
        "scenarios": {"x": {"change": {"teacher": {"fte": "+1", "first_year_months": "5"}}}},
    },
    "decisions": {
        "scenarios": {
            "x": {"from": "2027-28", "until": "2028-29", "change": {"teacher": {"fte": "+1", "from": "2028-29"}}}
        },
        "other_costs": {"furniture": {"amount": "5", "from": "2027-28"}},
    },
    "saved": {"other_costs": {"furniture": "-5", "rent": {"amount": "-5"}}},
    "group": {"other_costs": {"furniture": {"amount": "5", "group": "facilities"}}},
    "budget share": {"other_costs": {"furniture": {"budget_share": "5%", "of": "grant"}}},
    "relative": {
        "scenarios": {"x": {"roles": {"aide": {"salary": "+2%"}}, "benefits": {"b": {"ss": {"up_to": "-5%"}}}}}
    },
    "share of today": {"scenarios": {"x": {"change": {"teacher": "-10%"}}}},
    "restated": {"scenarios": {"x": {"change": {"teacher": {"sections": {"K": "20"}}}}}},
    "several in per": {"baseline": {"aide": "1", "teacher": {"per": ["aide"], "each": "6"}}},
    "several": {"scenarios": {"x": {"change": {"teacher": ["+1", "+2"]}}}},
    "levy": {"budget": {"general": {"revenue": {"tax": {"rest": "true", "last_year": "5"}}}, "grant": "1000"}},
    "lines": {"roles": {**FILE["roles"], "x": {}}, "baseline": {"teacher": "1", "x": {"fte": "2", "cost": "5"}}},
    "daily": {"roles": {**FILE["roles"], "x": {"daily": "165", "days": "90", "fund": "grant"}}},
    "fractions": {"baseline": {"teacher": "1/3"}},
    "not stated": {
        "roles": {**FILE["roles"], "x": {"salary": "not stated"}},
        "baseline": {"teacher": "1", "aide": "not stated"},
        "scenarios": {"x": {"change": "not stated"}},
    },
    "laid_off": {"roster": [ROW], "scenarios": {"x": {"laid_off": ["1"]}}},
}


@cache
def known() -> tuple[str, ...]:
    """The newer keys that the reader accepts, and what was always read, and is now understood."""
    return ("bands", "top down", *(name for name, probe in PROBES.items() if _accepted({**FILE, **probe})))


def _accepted(file: Plain) -> bool:
    try:
        school(written(file))
    except SchoolFileError:
        return False
    return True
