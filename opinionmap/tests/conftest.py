"""What needs real votes is not collected where they are absent: it is no skipped part of a whole run."""

from .real import TAXES

collect_ignore = [] if TAXES.is_dir() else ["test_real.py"]
