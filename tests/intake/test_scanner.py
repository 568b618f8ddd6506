"""The protocol of clamd, over real sockets."""

import io
import socket
from pathlib import Path

import pytest

from bedrijfsbureau.intake import Scanner, Verdict
from tests.intake.clamd import Clamd

CONTENT = b"stuk" * 100_000


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("stream: OK", (Verdict.CLEAN, "")),
        ("stream: Win.Test.EICAR_HDB-1 FOUND", (Verdict.FOUND, "Win.Test.EICAR_HDB-1")),
        ("INSTREAM size limit exceeded. ERROR", (Verdict.TOO_BIG, "INSTREAM size limit exceeded. ERROR")),
        ("Can't allocate memory ERROR", (Verdict.AWAY, "Can't allocate memory ERROR")),
        (None, (Verdict.AWAY, "geen antwoord")),
    ],
)
@pytest.mark.parametrize("is_local", [False, True], ids=["tcp", "unix"])
def test_each_answer_is_a_verdict(
    answer: str | None, said: tuple[Verdict, str], is_local: bool, tmp_path: Path
) -> None:
    clamd = Clamd(answer)
    with clamd.listening(tmp_path / "s" if is_local else None) as address:
        assert Scanner(address).scan(io.BytesIO(CONTENT)) == said
    assert clamd.seen == [CONTENT]


def test_a_scanner_that_stops_listening_has_said_why() -> None:
    with Clamd(most=1 << 16).listening() as address:
        assert Scanner(address).scan(io.BytesIO(bytes(8 << 20)))[0] in (Verdict.TOO_BIG, Verdict.AWAY)


def test_a_scanner_that_is_away_gives_no_verdict(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for address in (f"tcp://127.0.0.1:{port}", f"unix://{tmp_path / 'nothing'}"):
        assert Scanner(address).scan(io.BytesIO(CONTENT))[0] is Verdict.AWAY


def test_a_scanner_that_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        assert Scanner(address, seconds=0.1).scan(io.BytesIO(b"x"))[0] is Verdict.AWAY


@pytest.mark.parametrize("address", ["", "clamd", "http://x:1", "tcp://host", "unix://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError):
        Scanner(address)
