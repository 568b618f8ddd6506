"""Calendars and statutory terms: pure date arithmetic that can answer "waarom deze datum?"."""

from bedrijfsbureau.termijnen.calendar import Calendar, atw, pact
from bedrijfsbureau.termijnen.compute import compute, fixed
from bedrijfsbureau.termijnen.computed import Computed, Extension, Options, Step, Suspension
from bedrijfsbureau.termijnen.functions import functions
from bedrijfsbureau.termijnen.length import Length, Lengths, Unit, parse_length, parse_lengths
from bedrijfsbureau.termijnen.rule import Counting, Method, Shift, TermRule, method_named, read_rule
from bedrijfsbureau.termijnen.words import long_date, number_date, say_when, short_date

__all__ = [
    "Calendar", "Computed", "Counting", "Extension", "Length", "Lengths", "Method", "Options", "Shift", "Step",
    "Suspension", "TermRule", "Unit", "atw", "compute", "fixed", "functions", "long_date", "method_named",
    "number_date", "pact", "parse_length", "parse_lengths", "read_rule", "say_when", "short_date",
]
