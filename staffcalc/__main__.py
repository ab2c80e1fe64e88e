"""Where the program starts: `staffcalc`, or `python -m staffcalc`."""

import gc

# A command runs for a fraction of a second: what the collector would do while the libraries load costs a tenth of it.
gc.disable()


def main() -> None:
    """Run the command line."""
    from staffcalc.cli import main

    try:
        main()
    finally:
        gc.freeze()  # and what it would do as the program ends another tenth


if __name__ == "__main__":
    main()
