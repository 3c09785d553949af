"""What is promised about safety, measured: each bar prints figures, and beside each whether its planted fault was caught."""
