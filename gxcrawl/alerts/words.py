"""What readers call the states of alerts."""

from __future__ import annotations

from collections.abc import Mapping

from gxcrawl.alerts.model import State

# What is said of an alert in place of its severity; the others are as bad as they are.
STATE_WORDS: Mapping[State, str] = {"held": "暂无法核实", "closed": "已消除", "dismissed": "经核实排除"}
