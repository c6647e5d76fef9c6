"""Who owes which report by when, and what became of it."""
