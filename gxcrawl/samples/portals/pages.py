"""The building blocks of replicas, all in one place to import from.

A replica takes a Site, makes its lists from `shelf`, its articles from `article_body`, answers files with
`file_reply`, and what it does not know with `common_reply` (robots.txt, decoys, images, viewer, 404). In any
body or header `{host}` becomes the own host:port and `{host:id}` that of another replica.
"""

from .markup import (
    Head,
    article_body,
    commented,
    document,
    file_name,
    foot,
    heading_lines,
    metas,
    neighbours,
)
from .replies import (
    HTML,
    common_reply,
    data_reply,
    decoy_page,
    file_reply,
    json_reply,
    moved,
    not_found,
    page_reply,
)
from .shelf import Entry, Site, decoys, entry_toml, pages_of, shelf, shown_day, truth_of

__all__ = [
    "HTML",
    "Entry",
    "Head",
    "Site",
    "article_body",
    "commented",
    "common_reply",
    "data_reply",
    "decoy_page",
    "decoys",
    "document",
    "entry_toml",
    "file_name",
    "file_reply",
    "foot",
    "heading_lines",
    "json_reply",
    "metas",
    "moved",
    "neighbours",
    "not_found",
    "page_reply",
    "pages_of",
    "shelf",
    "shown_day",
    "truth_of",
]
