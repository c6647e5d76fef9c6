"""The page of an organ: who it is, its years side by side, reports, findings, alerts, and feeds."""
