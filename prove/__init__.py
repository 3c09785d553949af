"""What is promised about safety, measured: bars print figures, each with its planted fault."""
