"""What the workbench shows: today, the statement, topics."""
