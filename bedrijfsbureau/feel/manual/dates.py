"""Functions on dates and times (DMN 1.5, 10.3.4.6, 10.3.4.7 and 10.3.4.9)."""

from bedrijfsbureau.feel.manual.entry import entry

CLOCK = " It is the moment the program passes to the evaluation, so that the same evaluation always gives the same."
ENTRIES = {
    "now": entry(
        "This moment, in the time zone of the program." + CLOCK,
        "now() => 2026-03-02T12:00:00Z",
        null_when="The program passed no moment.",
    ),
    "today": entry(
        "The date of this moment." + CLOCK, "today() => 2026-03-02", null_when="The program passed no moment."
    ),
    "day of week": entry("The English name of the day.", 'day of week(date("2026-03-31")) => "Tuesday"'),
    "day of year": entry("The number of the day in its year.", 'day of year(date("2024-12-31")) => 366'),
    "week of year": entry("The number of the ISO week.", 'week of year(date("2021-01-03")) => 53'),
    "month of year": entry("The English name of the month.", 'month of year(date("2026-02-01")) => "February"'),
    "is": entry(
        "Whether two values are the same: of one kind and equal, and for times told in one zone. It is never null.",
        'is(time("10:00:00Z"), time("11:00:00+01:00")) => false',
        'time("10:00:00Z") = time("11:00:00+01:00") => true',
        'is(1, "1") => false',
    ),
}
