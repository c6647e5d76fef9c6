"""What the names of organs begin with in an area: its own name, and the names of those above it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gxcrawl.registry.areas import above, areas, below

HAN = "[\u4e00-\u9fff]"
# Where the areas above are not known, anything that looks like them.
ANY_PROVINCE = f"{HAN}{{2,3}}?省|{HAN}{{2,5}}?自治区|(?:北京|天津|上海|重庆)市"
ANY_CITY = f"{HAN}{{2,4}}?(?:市|地区|盟)|{HAN}{{2,9}}?自治州"

_OWN = f"{HAN}{{1,16}}?[省市县区旗州盟]"
_REGIONS = re.compile(f"(?P<province>{ANY_PROVINCE})?(?P<city>{ANY_CITY})?(?P<own>{_OWN})")
_OF_A_COUNTY = re.compile(f"{HAN}+[市县区旗]{HAN}+[市县区旗]")  # 示例县开发区: no area with a code of its own
_SITE = re.compile(
    "(?:(?:人民)?政府)?(?:办公室|办公厅)?(?:门户|官方|公众|政务|信息|公开)*(?:网站|网|平台|专栏|首页)?$"
)
_LONGEST = 60  # characters of the name of a portal


class Locality(NamedTuple):
    """An area, as names of organs speak of it."""

    code: str  # division code; where there is none, the portal
    own: str  # its name; "" when nobody said it
    before: tuple[str, ...]  # patterns of what may stand before that name, outermost first
    children: tuple[tuple[str, str], ...]  # name and code of each area below


@lru_cache(maxsize=4096)
def locality(code: str, said: str) -> Locality:
    """Of a division code; where that is not listed, as its portal or government is called."""
    children = tuple((area.name, area.code) for area in below(code))
    if code in areas():
        known = [re.escape(area.name) for area in above(code)]
        return Locality(code, areas()[code].name, tuple(reversed(known)), children)
    province, city, own = _regions(said)
    known_above = {area.level: re.escape(area.name) for area in above(code)}
    before = (
        known_above.get("province") or re.escape(province) or ANY_PROVINCE,
        known_above.get("city") or re.escape(city) or ANY_CITY,
    )
    return Locality(code, own, before, children)


def _regions(said: str) -> tuple[str, str, str]:
    """Province, city and own name: of 哈尔滨市阿城区人民政府门户网站, "", 哈尔滨市 and 阿城区."""
    place = _SITE.sub("", "".join(said.split())[:_LONGEST])
    found = _REGIONS.fullmatch(place)
    if found is None or _OF_A_COUNTY.fullmatch(found["own"]):
        return "", "", ""
    return found["province"] or "", found["city"] or "", found["own"]
