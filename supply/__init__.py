"""What the house is made of and what must not slip in: locks, licences, bill of materials, secrets, code."""
