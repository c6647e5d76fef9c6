"""Replicas of portals on 127.0.0.1, filled with reports of an invented county whose truth is known."""
