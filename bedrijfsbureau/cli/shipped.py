"""Where the folders lie that travel with the program: in the checkout, or inside the installed package."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def folder(name: str) -> Path:
    """`name`: bpmn or migrations."""
    checkout = PACKAGE.parent / name
    return checkout if checkout.is_dir() else PACKAGE / "shipped" / name
