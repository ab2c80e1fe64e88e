"""What is measured of a ledger, as formulas over its lines and inputs."""
