"""The figures that an answer rests on: what each is called, where it comes from, how its file grows it."""
