"""Replicas of portals on 127.0.0.1, filled with reports of an invented county whose truth is known."""

from .collect import FAULT_MAKERS, MAKERS, fault_replicas, replicas
from .county import County
from .model import Carrier, ListTruth, Organ, Published, Replica, Reply, Request, Scope, Version
from .server import DEFAULT_DAY, Seen, Served, serve

__all__ = [
    "DEFAULT_DAY",
    "FAULT_MAKERS",
    "MAKERS",
    "Carrier",
    "County",
    "ListTruth",
    "Organ",
    "Published",
    "Replica",
    "Reply",
    "Request",
    "Scope",
    "Seen",
    "Served",
    "Version",
    "fault_replicas",
    "replicas",
    "serve",
]
