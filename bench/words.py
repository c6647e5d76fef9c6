"""Sentences of reports out of so many parts that no two of them are alike, but those that are meant to be."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

NUMERALS = "一二三四五"


@cache
def words() -> Mapping[str, Sequence[str]]:
    parts: Mapping[str, Sequence[str]] = tomllib.loads(
        Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    )
    return parts


def sentence(rng: Random) -> str:
    def pick(kind: str) -> str:
        return rng.choice(words()[kind])

    what, count, so = pick("what"), f"{rng.randint(2, 400)}{pick('counted')}", pick("so")
    if rng.random() < 0.5:
        head = f"{pick('when')}，{pick('who')}{pick('where')}{pick('did')}{what}{count}"
        return f"{head}，{pick('did')}{pick('what')}，{so}。"
    head = f"{pick('who')}{pick('did')}并{pick('did')}{what}与{pick('what')}"
    return f"{head}，{pick('where')}{pick('did')}{pick('what')}{count}，{so}。"


def sections(rng: Random, shared: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Number, heading and text of each section: 3 KB in all, of some twice as much as of others.

    So much have the five real reports beside this repository. `shared` is what all organs of a portal say.
    """

    def own(most: int) -> str:
        return "".join(sentence(rng) for _ in range(rng.randint(1, most)))

    always = words()["everywhere"]
    told = [
        f"（{numeral}）{topic}情况。{own(2)}"
        for numeral, topic in zip(NUMERALS, words()["topics"], strict=True)
    ]
    yield 1, "一、总体情况", "\n".join([always[0], *shared, *told, *always[1:3]])
    yield 2, "二、主动公开政府信息情况", ""
    yield 3, "三、收到和处理政府信息公开申请情况", ""
    yield 4, "四、政府信息公开行政复议、行政诉讼情况", ""
    problems = f"{always[3]}{always[4]}{own(4)}\n{always[5]}{own(4)}"
    yield 5, "五、存在的主要问题及改进情况", problems
    yield 6, "六、其他需要报告的事项", own(2)
