"""What people are told: alerts are opened, held, closed and opened again as their causes come and go."""

from gxcrawl.alerts.ledger import Tally
from gxcrawl.alerts.refresh import refresh

__all__ = ["Tally", "refresh"]
