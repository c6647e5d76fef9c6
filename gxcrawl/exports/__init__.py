"""What leaves the house: tables for researchers, spreadsheets and letters for clerks."""

KINDS = ("panel", "cells", "matrix", "issues", "notices")
FORMATS = ("csv", "xlsx", "parquet")
