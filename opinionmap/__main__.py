"""`python -m opinionmap votes.csv`: groups and common ground, as text, JSON or a picture."""

import sys

from .command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
