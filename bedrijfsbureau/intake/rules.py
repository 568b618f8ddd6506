"""What an installation allows: which kinds of files, how large, how many pages and pixels."""

from dataclasses import dataclass

from bedrijfsbureau.intake.kinds import KINDS
from bedrijfsbureau.intake.scanner import Scanner

MB = 1 << 20


@dataclass(frozen=True)
class Rules:
    """`most_pixels` is for one page or image; A4 in 600 dots per inch is 35 million. Raises ValueError for a kind that
    nobody knows, or a limit below one."""

    types: frozenset[str] = frozenset(KINDS)  # suffixes of KINDS
    most_bytes: int = 50 * MB
    most_pages: int = 1000
    most_pixels: int = 100_000_000
    scanner: Scanner | None = None

    def __post_init__(self) -> None:
        if not self.types or not self.types <= frozenset(KINDS):
            raise ValueError(f"soorten bestanden: {', '.join(sorted(self.types)) or 'geen'}")
        if min(self.most_bytes, self.most_pages, self.most_pixels) < 1:
            raise ValueError("een grens lager dan 1")

    @property
    def most_mb(self) -> int:
        return self.most_bytes // MB

    @property
    def named(self) -> str:
        """ "PDF, PNG of TXT": the kinds, in the order of KINDS."""
        names = [suffix.removeprefix(".").upper() for suffix in KINDS if suffix in self.types]
        return " of ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

    @property
    def accept(self) -> str:
        """For the file picker of a browser; the server looks for itself."""
        return ",".join(ending for suffix in sorted(self.types) for ending in (suffix, *KINDS[suffix].also))
