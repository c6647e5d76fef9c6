"""The tables of bundle.db."""

VERSION = 1

DDL = """
CREATE TABLE run (
    id TEXT PRIMARY KEY,
    portal TEXT NOT NULL,
    entry TEXT NOT NULL,      -- the portal as JSON
    started TEXT NOT NULL,
    finished TEXT,
    verdict TEXT,
    class TEXT,
    reasons TEXT,
    options TEXT NOT NULL,
    version TEXT NOT NULL
);
CREATE TABLE frontier (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,       -- listing, detail, attachment, directory, discovery
    url TEXT NOT NULL,
    lane TEXT NOT NULL,       -- host[:port]; one request at a time for each
    method TEXT NOT NULL,
    body TEXT NOT NULL,
    headers TEXT NOT NULL,
    state TEXT NOT NULL,
    "column" INTEGER,         -- the listing it belongs to
    parent INTEGER,           -- the task it was found by
    row TEXT,                 -- {title, day, organ} of the list's entry
    priority INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'queued',
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    response INTEGER
);
CREATE INDEX frontier_next ON frontier (status, lane, priority, id);
CREATE TABLE responses (
    id INTEGER PRIMARY KEY,
    task INTEGER,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    method TEXT NOT NULL,
    status INTEGER NOT NULL,
    fetched TEXT NOT NULL,
    content_type TEXT NOT NULL,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    length INTEGER NOT NULL,
    warc TEXT NOT NULL,
    "offset" INTEGER NOT NULL,
    record_length INTEGER NOT NULL,
    revisit INTEGER NOT NULL,
    failure TEXT NOT NULL DEFAULT '',
    UNIQUE (warc, "offset")
);
CREATE INDEX responses_sha256 ON responses (sha256);
CREATE INDEX responses_key ON responses (key);
CREATE TABLE listings (
    id INTEGER PRIMARY KEY,
    "column" INTEGER,         -- number of the entry's column; null for lists found on the way
    parent INTEGER,           -- the list that named this one
    kind TEXT NOT NULL,       -- list, or for children: year, class, organ
    scope TEXT NOT NULL,
    year INTEGER,
    url TEXT NOT NULL,
    found_by TEXT NOT NULL,   -- entry, child, directory, discovery
    status TEXT NOT NULL,     -- open, search (no way led to it yet), ended
    ways TEXT NOT NULL,       -- requests for its first page that were not tried yet
    asked_directory INTEGER NOT NULL DEFAULT 0,
    pages INTEGER NOT NULL DEFAULT 0,
    rows INTEGER NOT NULL DEFAULT 0,     -- each address once
    printed INTEGER NOT NULL DEFAULT 0,  -- as the pages print them
    declared_rows INTEGER,
    declared_pages INTEGER,
    wanted INTEGER NOT NULL DEFAULT 0,
    decoys INTEGER NOT NULL DEFAULT 0,
    barren INTEGER NOT NULL DEFAULT 0,   -- pages without a report since the last one that had one
    last_first TEXT NOT NULL DEFAULT '',  -- first row of the page read last
    stop_reason TEXT NOT NULL DEFAULT '',
    complete INTEGER NOT NULL DEFAULT 0,
    failure TEXT NOT NULL DEFAULT ''
);
CREATE TABLE listed (
    listing INTEGER NOT NULL REFERENCES listings,
    key TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    day TEXT,
    position INTEGER NOT NULL,
    judgement TEXT NOT NULL,
    PRIMARY KEY (listing, key)
);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    task INTEGER NOT NULL UNIQUE,
    response INTEGER NOT NULL,
    key TEXT NOT NULL,
    url TEXT NOT NULL,
    organ TEXT,
    year INTEGER,
    form TEXT,
    title TEXT NOT NULL,
    published TEXT,
    published_basis TEXT NOT NULL,
    days TEXT NOT NULL,
    list_day TEXT,
    source TEXT NOT NULL,
    reading TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    carrier TEXT NOT NULL,
    attachments TEXT NOT NULL,
    error TEXT NOT NULL
);
CREATE TABLE known (
    key TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    year INTEGER,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    last_asked TEXT NOT NULL,
    misses INTEGER NOT NULL,
    warc TEXT NOT NULL,
    "offset" INTEGER NOT NULL,
    status TEXT NOT NULL
);
CREATE INDEX known_sha256 ON known (sha256);
"""
