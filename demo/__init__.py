"""The demonstration: an invented province, and what seven real offices reported. Loaded through the
actions."""
