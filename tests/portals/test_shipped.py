"""The portals that come with gxcrawl: found wherever it is installed, and honest about what is not known."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gxcrawl.portals import PortalsError, entry_text, load_portals, portals, shipped_files

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = {"ucap": {"site": str}, "sanmenxia": {}}


def test_the_target_portals_are_there_with_the_codes_of_their_areas() -> None:
    assert {portal.id: portal.code for portal in portals(families=FAMILIES).values()} == {
        "acheng": "230112",
        "harbin": "230100",
        "nangang": "230103",
        "hegang": "230400",
        "hegang_gongnong": "230403",
        "hubin": "411202",
    }


def test_nothing_is_called_verified_that_nobody_saw() -> None:
    assert not any(portal.verified for portal in portals(families=FAMILIES).values())


def test_a_user_adds_portals_of_his_own(tmp_path: Path) -> None:
    own = portals(families=FAMILIES)["acheng"]
    path = tmp_path / "own.toml"
    path.write_text(
        entry_text(own).replace('"acheng"', '"mine"').replace("www.acheng.gov.cn", "127.0.0.1:8701")
    )
    assert portals([path], families=FAMILIES)["mine"].home == "http://127.0.0.1:8701/"
    path.write_text(entry_text(own))
    with pytest.raises(PortalsError, match=r"the id acheng is also in .*heilongjiang\.toml:"):
        portals([path], families=FAMILIES)


def test_the_shipped_files_may_not_name_machines_at_home(tmp_path: Path) -> None:
    path = tmp_path / "shipped.toml"
    path.write_text(shipped_files()[0].read_text(encoding="utf-8").replace("www.acheng.gov.cn", "127.0.0.1"))
    with pytest.raises(PortalsError, match=r"127\.0\.0\.1 is no public name"):
        load_portals([path], FAMILIES, public=[path])


def test_they_are_found_in_an_installed_package_without_importing_scrapy(tmp_path: Path) -> None:
    package = tmp_path / "gxcrawl"
    shutil.copytree(ROOT / "gxcrawl" / "portals", package / "portals")
    shutil.copy(ROOT / "gxcrawl" / "settings.py", package)
    package.joinpath("__init__.py").touch()
    shutil.copytree(ROOT / "spiders", package / "spiders")
    code = (
        "import sys\n"
        "from gxcrawl.portals import portals, shipped_files\n"
        "print(*portals(families={'ucap': {'site': str}, 'sanmenxia': {}}))\n"
        "print(shipped_files()[0])\n"
        "assert 'scrapy' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    ids, place = done.stdout.splitlines()
    assert "acheng" in ids.split()
    assert place == str(package / "spiders" / "portals" / "heilongjiang.toml")
