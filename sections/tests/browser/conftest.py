"""What the tests of the desk in a browser share: one site with two administrators."""

import pytest

from sections.tests.support import site
from sections.tests.support.desk_browser import PASSWORD


@pytest.fixture(scope="session")
def desk_data(tmp_path_factory):
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="session")
def desk(desk_data):
    """The address of a site with two administrators, for these tests alone."""
    with site.running(desk_data) as address:
        for name in ("ana", "bea"):
            site.manage(desk_data, "create_editor", name, "--role", "administrator", given=f"{PASSWORD}\n")
        yield address
