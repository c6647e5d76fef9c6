"""A division code stands for all that lies in it, by its digits alone."""

from __future__ import annotations

import pytest

from gxcrawl.registry.areas import areas_above, lies_in


@pytest.mark.parametrize(
    ("area", "inside", "outside"),
    [
        ("230000", ("230000", "230100", "230112", "230112001", "230112001001"), ("220000", "990101", "")),
        ("230100", ("230100", "230112", "230112100"), ("230200", "230000")),
        ("230112", ("230112", "230112001", "230112001001"), ("230113", "230100")),
        ("230112000000", ("230112", "230112001"), ("230113", "230100")),
        ("230112100", ("230112100", "230112100001"), ("230112101", "230112")),
        ("230112001000", ("230112001", "230112001100"), ("230112002", "230112")),
        ("2301", ("230100", "230112"), ("230200",)),
        ("23", ("230100", "239900"), ("320000",)),
        ("shili", ("shili",), ("shili2", "990101", "")),
        ("２３", (), ("230000",)),
    ],
)
def test_an_area_is_all_that_lies_in_it(area: str, inside: tuple[str, ...], outside: tuple[str, ...]) -> None:
    assert [code for code in inside if not lies_in(code, area)] == []
    assert [code for code in outside if lies_in(code, area)] == []


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("230112", ("230112", "230100", "230000")),
        ("230112001", ("230112001", "230112", "230100", "230000")),
        ("230112001001", ("230112001001", "230112001", "230112", "230100", "230000")),
        ("230100", ("230100", "230000")),
        ("990000", ("990000",)),
        ("shili", ("shili",)),
        ("shilimenhu", ("shilimenhu",)),
    ],
)
def test_what_lies_in_an_area_is_told_there_and_above(code: str, above: tuple[str, ...]) -> None:
    assert areas_above(code) == above
    assert all(lies_in(code, area) for area in above)
