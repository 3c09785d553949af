"""`make sbom`: the bill of materials, and docs/dependencies.md anew. `--check` says what is out of step."""

import sys

from . import bill
from .lock import ROOT


def main() -> int:
    if "--check" not in sys.argv[1:]:
        bill.write()
        bill.PAGE.write_text(bill.page(), "utf-8")
        print(f"{bill.MADE.relative_to(ROOT)}: {len(bill.cyclonedx()['components'])} components")
        return 0
    said = list(bill.faults())
    if not bill.PAGE.exists() or bill.PAGE.read_text("utf-8") != bill.page():
        said.append("docs/dependencies.md is out of step with the lock: make sbom")
    for line in said:
        print(line, file=sys.stderr)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
