"""School → ledger of cost lines. Pure: exact arithmetic, no input or output. Start with `formula`, then `ledger`."""
