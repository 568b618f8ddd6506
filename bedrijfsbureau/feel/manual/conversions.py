"""Making one kind of value from another (DMN 1.5, 10.3.4.1)."""

from bedrijfsbureau.feel.manual.entry import entry

ENTRIES = {
    "date": entry(
        "A date from ISO text, from a date and time, or from a year, month and day.",
        'date("2026-01-31") => 2026-01-31',
        'date(date and time("2026-01-31T10:00:00")) => 2026-01-31',
        "date(2024, 2, 29) => 2024-02-29",
        'date("2026-02-30") => null',
        null_when="The calendar has no such day.",
    ),
    "date and time": entry(
        "A moment from ISO text, from a date (its midnight), from a date and a time, or from a date and a time zone.",
        'date and time("2026-01-31T10:00:00@Europe/Amsterdam") => 2026-01-31T10:00:00@Europe/Amsterdam',
        'date and time("2026-01-31") => 2026-01-31T00:00:00',
        'date and time(date("2026-01-31"), time("10:00:00Z")) => 2026-01-31T10:00:00Z',
        'date and time(date("2026-01-31"), "Europe/Amsterdam") => 2026-01-31T00:00:00@Europe/Amsterdam',
        null_when="The text is no moment, or the time zone does not exist.",
    ),
    "time": entry(
        "A time of day from ISO text, from a moment, or from hour, minute, second and an optional offset from UTC.",
        'time("10:30:00+01:00") => 10:30:00+01:00',
        'time(date and time("2026-01-31T10:00:00")) => 10:00:00',
        'time(10, 30, 0, duration("PT1H")) => 10:30:00+01:00',
        'time("25:00:00") => null',
        null_when="The clock has no such time.",
    ),
    "number": entry(
        "A number from text, which may have a grouping separator (space, comma or point) and a decimal separator "
        "(comma or point).",
        'number("12.5") => 12.5',
        'number("1.000,5", ".", ",") => 1000.5',
        'number("1 000", " ", null) => 1000',
        'number("twaalf") => null',
        null_when="The text is no number, or both separators are the same.",
    ),
    "string": entry(
        "The text of any value. Text stays as it is; inside a list it gets quotes.",
        'string(12.50) => "12.5"',
        'string(date("2026-01-31")) => "2026-01-31"',
        'string([1, "a", null]) => "[1, \\"a\\", null]"',
        "string(null) => null",
    ),
    "duration": entry(
        "A duration from ISO text: days and time, or years and months, never both.",
        'duration("P3DT4H") => P3DT4H',
        'duration("P18Y") => P18Y',
        'duration("P1Y1D") => null',
        null_when="The text is no duration, or mixes months with days.",
    ),
    "years and months duration": entry(
        "The whole months from one date to another, negative when the second is earlier. Someone's age is its `years`.",
        'years and months duration(date("2008-04-02"), date("2026-04-01")) => P17Y11M',
        'years and months duration(date("2008-04-02"), date("2026-04-01")).years => 17',
    ),
}
