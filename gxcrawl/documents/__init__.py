"""Any carrier -> Document: paragraphs and grids in reading order, each with its place."""

from gxcrawl.documents.errors import UnreadableError
from gxcrawl.documents.reading import read_document, reread_document

__all__ = ["UnreadableError", "read_document", "reread_document"]
