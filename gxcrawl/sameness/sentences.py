"""The sentences of a report, each with a number by which the same one is known in other reports. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gxcrawl.sameness.masking import forms_of, masked, narrative

SHORTEST = 12  # characters after masking; shorter ones are everybody's


class Sentence(NamedTuple):
    hash: int  # the same in every process and for ever, because it is stored
    masked: str
    printed: str  # without blanks


Text = tuple[Sentence, ...]


def sentences_of(sections: Mapping[int, str], names: Iterable[str]) -> Text:
    """Each different sentence once, in the order of the text. `names`: how the organ is printed."""
    printed = narrative(sections)
    lines = zip(masked(printed, forms_of(names)).split("\n"), printed.split("\n"), strict=True)
    known: dict[str, str] = {}
    for line, said in lines:
        if len(line) >= SHORTEST:
            known.setdefault(line, said)
    return tuple(Sentence(hash_of(line), line, said) for line, said in known.items())


def hash_of(sentence: str) -> int:
    """63 bits: what fits into a column of SQLite."""
    digest = hashlib.blake2b(sentence.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def length_of(text: Iterable[Sentence]) -> int:
    return sum(len(sentence.masked) for sentence in text)
