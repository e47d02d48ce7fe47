"""Holds tables against Data Packages, by the tool that they are for.

    check_packages.py PACKAGE...

Prints a line for each: `true` or `false`, whether the table is as the package says.
"""

import sys

from frictionless import Package

for path in sys.argv[1:]:
    report = Package(path).validate()
    assert not report.errors, report.errors
    kinds = {error.type for task in report.tasks for error in task.errors}
    known = {
        "constraint-error", "type-error", "unique-error", "primary-key", "missing-label", "extra-label", "incorrect-label",
    }
    assert kinds <= known, kinds
    print("true" if report.valid else "false")
