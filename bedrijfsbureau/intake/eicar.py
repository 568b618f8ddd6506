"""The test virus of the anti-virus industry: refused also where no scanner is set, so that people can try it."""

SIGN = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"  # not whole in this file


def holds_eicar(content: bytes) -> bool:
    return SIGN in content
