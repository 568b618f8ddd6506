"""Judging an expression before there are data: names that do not exist, and types that never fit."""

from bedrijfsbureau.feel.checking.check import Schema, check
from bedrijfsbureau.feel.checking.findings import Finding

__all__ = ["Finding", "Schema", "check"]
