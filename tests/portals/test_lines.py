"""A fault is shown on its own line, whatever the text around it looks like."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.portals.lines import lines_of

NASTY = [
    "1",
    "true",
    "1979-05-27 07:32:00",
    '"a # no comment"',
    '"a \\" ] [[portal]]"',
    "'C:\\dir\\'",
    '"""two\nlines"""',
    '"""quotes "" inside \\""" and\n[[portal]]\n at the end"""""',
    "'''\n[[portal]] # '' quotes\n'''''",
    '""""""',
    "''''''",
    "[]",
    "[ ] # empty",
    '[\n  "a", # ]\n\n  "b",\n]',
    '[["x"], [\n[]], []]',
    "{ }",
    '{a = 1, "b.c" = [1,\n2], d.e = "}"}',
    "[{a = 1},\n {a = 2}]",
]
BETWEEN = ["", "# key = 1 [[portal]]", "   ", "\t# '''", '# """']
HEADS = ["[[portal]]", "[[ portal ]] # x", "[[portal.columns]]", "[[portal . columns]]"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(HEADS), st.lists(st.tuples(st.sampled_from(NASTY), st.sampled_from(BETWEEN)))
        )
    ),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_key_has_the_line_it_stands_on(
    blocks: list[tuple[str, list[tuple[str, str]]]], newline: str
) -> None:
    text, expected, number = "[[portal]]\n", {}, 0
    for head, assignments in blocks:
        text += f"{head}\n"
        for value, between in assignments:
            number += 1
            expected[f"key{number}"] = text.count("\n") + 1
            text += f"  key{number} = {value}\n{between}\n"
    text = text.replace("\n", newline)
    tomllib.loads(text)  # the text is one that the scanner has to understand
    found = {str(where[-1]): line for where, line in lines_of(text).items()}
    assert {key: found[key] for key in expected} == expected


def test_elements_of_arrays_and_inline_tables_have_lines_of_their_own() -> None:
    lines = lines_of('a = [ # first\n  "x",\n\n  # y\n  {b = 1, c.d = 2},\n  ["z"]]\n"e f".g = 1')
    assert lines == {
        ("a",): 1,
        ("a", 0): 2,
        ("a", 1): 5,
        ("a", 1, "b"): 5,
        ("a", 1, "c"): 5,
        ("a", 1, "c", "d"): 5,
        ("a", 2): 6,
        ("a", 2, 0): 6,
        ("e f",): 7,
        ("e f", "g"): 7,
    }


def test_tables_below_an_array_belong_to_its_last_element() -> None:
    text = "[[p]]\n[p.o]\nx = 1\n[[p]]\n[[p.c]]\n[[p.c]]\ny = 1\n[p.o]\nx = 2"
    assert lines_of(text) == {
        ("p", 0): 1,
        ("p", 0, "o"): 2,
        ("p", 0, "o", "x"): 3,
        ("p", 1): 4,
        ("p", 1, "c", 0): 5,
        ("p", 1, "c", 1): 6,
        ("p", 1, "c", 1, "y"): 7,
        ("p", 1, "o"): 8,
        ("p", 1, "o", "x"): 9,
    }


@pytest.mark.parametrize(
    "value", ['"' + "x" * 300_000 + '"', "[" + '"a",' * 100_000 + "]", '"""' + '"" ' * 100_000 + '"""']
)
def test_long_values_take_no_long_time(value: str) -> None:
    assert lines_of(f"a = {value}\nb = 1")[("b",)] == 2
