"""Was a run good enough to believe what it did not find? One verdict and one class, by rules in data."""

from gxcrawl.health.facts import ListFacts, RunFacts
from gxcrawl.health.judge import Judgement, judge

__all__ = ["Judgement", "ListFacts", "RunFacts", "judge"]
