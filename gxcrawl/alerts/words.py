"""What readers call severities and states."""

from __future__ import annotations

from collections.abc import Mapping

from gxcrawl.alerts.model import State
from gxcrawl.model import Severity

SEVERITY_WORDS: Mapping[Severity, str] = {"error": "错误", "warn": "警告", "info": "提示"}

# What is said of an alert in place of its severity; the others are as bad as they are.
STATE_WORDS: Mapping[State, str] = {"held": "暂无法核实", "closed": "已消除", "dismissed": "经核实排除"}
