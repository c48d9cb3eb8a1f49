"""Who may come in: accounts with their grants, API clients, and their sessions."""
