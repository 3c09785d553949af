"""The ground: what everything stands on; knows no process."""
