"""Division codes as filters: a code stands for all that lies in its area. Pure."""

from __future__ import annotations


def prefix_of(code: str) -> str:
    """230100 is a whole city: 2301. The pairs of zeros at the end of a code only fill it up."""
    while len(code) > 2 and len(code) % 2 == 0 and code.endswith("00"):
        code = code[:-2]
    return code


def lies_in(code: str, area: str) -> bool:
    return code.startswith(prefix_of(area))


def areas_above(code: str) -> tuple[str, ...]:
    """The area itself, its city and its province, the smallest first; as far as the code tells."""
    if len(code) < 6 or not code.isdigit():
        return (code,)
    return tuple(dict.fromkeys((code, code[:4] + "00", code[:2] + "0000")))
