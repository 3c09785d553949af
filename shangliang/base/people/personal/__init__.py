"""What is kept of persons: declared by column, locked under a key each, for how long, and how it goes."""
