"""External functions of the kind Java: a fixed list of harmless ones, nothing else."""

import pytest

from bedrijfsbureau import feel


def called(name: str, method: str, arguments: str, parameters: str = "a") -> object:
    text = f'(function({parameters}) external {{java: {{class: "{name}", method signature: "{method}"}}}})({arguments})'
    return feel.to_json(feel.compile(text).evaluate({}))


@pytest.mark.parametrize(
    ("name", "method", "arguments", "expected"),
    [
        ("java.lang.Math", "abs(int)", "-3", 3),
        ("java.lang.Math", "sqrt(double)", "2.25", 1.5),
        ("java.lang.Math", "round(double)", "-2.5", -2),
        ("java.lang.Math", "floor( double )", "-2.5", -3),
        ("java.lang.Integer", "valueOf(java.lang.String)", '"-12"', -12),
        ("java.lang.Double", "parseDouble(java.lang.String)", '"1.25"', 1.25),
        ("java.lang.Integer", "parseInt(java.lang.String)", '"7"', 7),
        ("java.lang.String", "valueOf(boolean)", "true", "true"),
        ("java.lang.String", "valueOf(char)", '"x"', "x"),
        ("java.lang.Boolean", "parseBoolean(java.lang.String)", '"True"', True),
    ],
)
def test_a_method_we_know(name: str, method: str, arguments: str, expected: object) -> None:
    assert called(name, method, arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('"%s is %d", "x", 3', "x is 3"),
        ('"%.2f%% %f", 1.005, 2', "1.00% 2.000000"),
        ('"%s en %s", "x"', None),
        ('"%999999999s", "x"', None),
        ('"%d", 1.5', None),
    ],
)
def test_format(arguments: str, expected: object) -> None:
    names = ", ".join("abc"[: arguments.count(",") + 1])
    assert called("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", arguments, names) == expected


@pytest.mark.parametrize(
    ("name", "method", "arguments"),
    [
        ("java.lang.Runtime", "exec(java.lang.String)", '"ls"'),
        ("java.lang.System", "exit(int)", "1"),
        ("os", "system(java.lang.String)", '"ls"'),
        ("java.lang.Math", "__class__(double)", "1"),
        ("java.lang.Math", "abs(java.lang.String)", '"1"'),
        ("java.lang.Math", "abs(int)", "1.5"),
        ("java.lang.Math", "abs(int)", "2147483648"),
        ("java.lang.Math", "sqrt(double)", "-1"),
        ("java.lang.Math", "sqrt(double)", '"4"'),
        ("java.lang.Math", "exp(double)", "1000"),
        ("java.lang.Math", "max(int, int)", "1"),
        ("java.lang.Byte", "valueOf(java.lang.String)", '"128"'),
        ("java.lang.String", "valueOf(char)", '"xy"'),
        ("java.lang.Math", "abs", "1"),
    ],
)
def test_anything_else_is_null(name: str, method: str, arguments: str) -> None:
    assert called(name, method, arguments) is None


def test_an_unknown_method_is_a_warning() -> None:
    text = 'function(a) external {java: {class: "java.lang.Runtime", method signature: "gc()"}}'
    assert feel.compile(text).run({}).warnings[0].message == "Deze externe functie voeren wij niet uit"
