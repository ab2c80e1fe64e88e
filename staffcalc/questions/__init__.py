"""What people ask of a ledger. Each question is a module: it groups and compares cost lines, and makes a report."""
