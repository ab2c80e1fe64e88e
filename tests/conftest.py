"""How property tests run: the same examples every time. For a long search: `pytest --hypothesis-profile=long`,
or `make search` for all that can happen to the files of the library."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

os.environ.pop("COLUMNS", None)  # no answer depends on the terminal of whoever runs the tests

_SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "suite", max_examples=50, derandomize=True, deadline=None, suppress_health_check=_SLOW_TO_DRAW
)
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=_SLOW_TO_DRAW)
settings.register_profile("search", max_examples=6000, deadline=None, suppress_health_check=_SLOW_TO_DRAW)
settings.register_profile(  # shows the first failure as it was drawn, at once
    "first",
    max_examples=50,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=_SLOW_TO_DRAW,
)
settings.load_profile("suite")
