"""Functions on numbers and booleans (DMN 1.5, 10.3.4.2 and 10.3.4.5). Numbers have 34 decimal digits."""

from bedrijfsbureau.feel.manual.entry import entry

SCALE = " `scale` is the number of digits after the point; negative for tens, hundreds, and so on."
ENTRIES = {
    "not": entry(
        "true for false and false for true.",
        "not(true) => false",
        "not(null) => null",
        null_when="The value is no boolean.",
    ),
    "decimal": entry(
        "Rounds to the nearest, a half to the even neighbour." + SCALE,
        "decimal(2.345, 2) => 2.34",
        "decimal(2.355, 2) => 2.36",
        "decimal(1234, -2) => 1200",
    ),
    "floor": entry("Rounds down, towards minus infinity." + SCALE, "floor(-1.5) => -2", "floor(1.56, 1) => 1.5"),
    "ceiling": entry("Rounds up, towards infinity." + SCALE, "ceiling(-1.5) => -1", "ceiling(1.21, 1) => 1.3"),
    "round up": entry("Rounds away from zero." + SCALE, "round up(5.1, 0) => 6", "round up(-5.1, 0) => -6"),
    "round down": entry("Rounds towards zero." + SCALE, "round down(5.9, 0) => 5", "round down(-5.9, 0) => -5"),
    "round half up": entry(
        "Rounds to the nearest, a half away from zero." + SCALE,
        "round half up(2.5, 0) => 3",
        "round half up(-2.5, 0) => -3",
    ),
    "round half down": entry(
        "Rounds to the nearest, a half towards zero." + SCALE,
        "round half down(2.5, 0) => 2",
        "round half down(2.6, 0) => 3",
    ),
    "abs": entry("The number or duration without its sign.", "abs(-10) => 10", 'abs(duration("-P3D")) => P3D'),
    "modulo": entry(
        "The rest of a division, with the sign of the divisor.",
        "modulo(12, 5) => 2",
        "modulo(-12, 5) => 3",
        "modulo(1, 0) => null",
        null_when="The divisor is 0.",
    ),
    "sqrt": entry("The square root.", "sqrt(16) => 4", "sqrt(-1) => null", null_when="The number is negative."),
    "log": entry("The natural logarithm.", "log(1) => 0", "log(0) => null", null_when="The number is 0 or negative."),
    "exp": entry("e to the power of the number.", "exp(0) => 1", null_when="The result does not fit."),
    "odd": entry(
        "Whether a whole number is odd.", "odd(5) => true", "odd(2.5) => null", null_when="The number is not whole."
    ),
    "even": entry(
        "Whether a whole number is even.", "even(4) => true", "even(2.5) => null", null_when="The number is not whole."
    ),
}
