"""How profiles of parts become that of the whole where many machines work: in a tree, some at a time."""

from __future__ import annotations

from typing import Any, Callable, Mapping, TypeVar

from ._cutting import Part
from ._parts import Profile, Scan, part_profile, scan

Node = TypeVar("Node")

# How many profiles a task puts together.
FAN_IN = 16


def profile_of(part: Part, options: Mapping[str, Any], brief: bool) -> Profile:
    """The profile of a part, made by a task that has one core."""
    return part_profile(part.name, part.range, {"threads": 1, **options}, brief, part.scan)


def scan_of(part: Part, options: Mapping[str, Any]) -> Scan:
    """Where records begin in a part."""
    return scan(part.name, part.range, **options)


def rooted(level: list[Node], join: Callable[[list[Node]], Node]) -> Node:
    """The one that is left where `join` puts some together at a time."""
    while len(level) > 1:
        level = [join(level[place : place + FAN_IN]) for place in range(0, len(level), FAN_IN)]
    return level[0]
