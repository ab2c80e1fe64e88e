"""Salary schedules: their steps, lanes and cells, and what each comes to."""
