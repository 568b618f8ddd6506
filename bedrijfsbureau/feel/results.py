"""What each standard function gives when it does not give null: for the static check and the reference."""

BY_TYPE = {
    "string": "string; substring; upper case; lower case; substring before; substring after; replace; string join; "
    "day of week; month of year",
    "number": "number; string length; count; sum; mean; product; median; stddev; decimal; floor; ceiling; round up; "
    "round down; round half up; round half down; modulo; sqrt; log; exp; day of year; week of year",
    "boolean": "not; contains; starts with; ends with; matches; list contains; all; any; odd; even; is; before; after; "
    "meets; met by; overlaps; overlaps before; overlaps after; finishes; finished by; includes; during; starts; "
    "started by; coincides",
    "date": "date; today",
    "time": "time",
    "date and time": "date and time; now",
    "years and months duration": "years and months duration",
    "list<string>": "split",
    "list<number>": "index of; mode",
    "list<context>": "get entries",
    "list": "sublist; append; concatenate; insert before; remove; reverse; union; distinct values; flatten; sort; "
    "list replace",
    "context": "context; context put; context merge",
    "range": "range",
    "Any": "min; max; abs; duration; get value",
}
RESULTS = {name: result for result, names in BY_TYPE.items() for name in names.split("; ")}
RESULTS["sum"] = "Any"  # of numbers or durations
# These give a list of the same kind of items as their first argument.
SAME_LIST = frozenset(set(BY_TYPE["list"].split("; ")) - {"flatten"})
