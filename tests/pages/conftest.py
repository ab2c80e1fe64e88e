"""The browser of the tests, started once; without one they say what they leave out."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator

import pytest

from .browser import PROGRAM, Browser

MISSING = [name for name, there in (("chromium", PROGRAM), ("pdftotext", shutil.which("pdftotext"))) if there is None]
LEFT_OUT = f"{' and '.join(MISSING)} not found: what pages look like on a screen and on paper was not tried"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser that is there for all tests."""
    if MISSING:
        warnings.warn(LEFT_OUT, stacklevel=1)
        pytest.skip(LEFT_OUT)
    with Browser() as started:
        yield started
