"""`check`: what files state that must hold, judged, and what would make it hold."""
