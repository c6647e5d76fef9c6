"""A portal as an entry describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Option = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A list of annual reports. At least one of url and ref is known."""

    url: str = ""  # absolute; "" when only the code is known
    ref: str = ""  # the column's code in its CMS: c111275, 284 ...
    scope: str = ""  # 区本级, 部门, 镇街 ...
    year: int | None = None  # when the column holds one year only
    channel_id: str = ""


@dataclass(frozen=True, slots=True)
class Portal:
    id: str
    name: str
    code: str  # division code of the area
    family: str
    hosts: tuple[str, ...]  # host or host:port; the first one is the portal's own
    scheme: Literal["http", "https"] = "http"
    delay: float = 2.0  # seconds between two requests to one host
    timeout: float = 60.0  # seconds for one answer
    budget: int = 5_000  # requests in one run
    suffixes: tuple[str, ...] = ()  # endings that hosts may have beside .gov.cn
    site_code: str = ""  # 网站标识码; a page with another one is not this portal's
    min_rows: int = 0  # fewer rows than this is no healthy list
    verified: bool = False  # somebody saw it work against the live portal
    columns: tuple[Column, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)
    place: str = ""  # file:line of the entry

    @property
    def home(self) -> str:
        return f"{self.scheme}://{self.hosts[0]}/"
