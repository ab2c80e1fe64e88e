"""The school of a later year."""
