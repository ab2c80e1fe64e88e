"""What a plan is made of: counts, budgets, teams, modes of learning, growth."""
