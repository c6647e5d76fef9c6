"""Checks that need one report only. The checks are data (catalogue/*.toml), their kinds are code (kinds/)."""

from gxcrawl.checks.run import Checked, check_report

__all__ = ["Checked", "check_report"]
