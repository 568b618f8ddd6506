from collections.abc import Iterator

import pytest

from tests.frontend.site import DIST, Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    if not (DIST / "app.js").exists():
        pytest.skip("the browser assets are not built: pip install -e .")
    with serve() as made:
        yield made
