"""Calendars and statutory terms: pure date arithmetic that can answer "waarom deze datum?"."""

from bedrijfsbureau.termijnen.apply import apply, before, day_of, nothing_to_start
from bedrijfsbureau.termijnen.calendar import Calendar, atw, pact
from bedrijfsbureau.termijnen.compute import compute, fixed
from bedrijfsbureau.termijnen.computed import Computed, Extension, Options, Step, Suspension
from bedrijfsbureau.termijnen.facts import Fact, FactKind, counting, fact_from, options_of
from bedrijfsbureau.termijnen.functions import functions
from bedrijfsbureau.termijnen.law import Ground, Rule, Rules, Version
from bedrijfsbureau.termijnen.length import Length, Lengths, Unit, parse_length, parse_lengths
from bedrijfsbureau.termijnen.own import read_own
from bedrijfsbureau.termijnen.rule import Counting, Method, Shift, TermRule, method_named, read_rule
from bedrijfsbureau.termijnen.shipped import in_force, read_rules, rule_named, shipped
from bedrijfsbureau.termijnen.words import long_date, number_date, say_when, short_date

__all__ = [
    "Calendar", "Computed", "Counting", "Extension", "Fact", "FactKind", "Ground", "Length", "Lengths", "Method",
    "Options", "Rule", "Rules", "Shift", "Step", "Suspension", "TermRule", "Unit", "Version", "apply", "atw",
    "before", "compute", "counting", "day_of", "fact_from", "fixed", "functions", "in_force", "long_date",
    "method_named", "nothing_to_start", "number_date", "options_of", "pact", "parse_length", "parse_lengths",
    "read_own", "read_rule", "read_rules", "rule_named", "say_when", "shipped", "short_date",
]
