"""Where the program starts: `staffcalc`, or `python -m staffcalc`."""

import gc
import os

# A command runs for a fraction of a second: what the collector would do while the libraries load costs a tenth of it.
gc.disable()
# Nor are plugins of pydantic looked for among all that is installed.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "true"


def main() -> None:
    """Run the command line."""
    from staffcalc.cli import main

    try:
        main()
    finally:
        gc.freeze()  # and what it would do as the program ends another tenth


if __name__ == "__main__":
    main()
