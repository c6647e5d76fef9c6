-- What was crawled, and what came back.

CREATE TABLE portals (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  family TEXT NOT NULL,
  hosts TEXT NOT NULL,
  entry TEXT NOT NULL,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  first_seen TEXT NOT NULL
);

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  portal TEXT NOT NULL REFERENCES portals (id),
  verdict TEXT NOT NULL,
  class TEXT NOT NULL,
  started TEXT NOT NULL,
  finished TEXT NOT NULL,
  reasons TEXT NOT NULL,
  requests INTEGER NOT NULL,
  listed INTEGER NOT NULL,
  new INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  same_as INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  missed INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  back INTEGER NOT NULL,
  folder TEXT NOT NULL,
  options TEXT NOT NULL,
  version TEXT NOT NULL
);
CREATE INDEX runs_portal ON runs (portal, started);

CREATE TABLE responses (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES runs (id),
  number INTEGER NOT NULL,
  url TEXT NOT NULL,
  method TEXT NOT NULL,
  kind TEXT NOT NULL,
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
  revisit INTEGER NOT NULL CHECK (revisit IN (0, 1)),
  failure TEXT NOT NULL,
  UNIQUE (run, number)
);
CREATE INDEX responses_sha256 ON responses (sha256) WHERE revisit = 0;

CREATE TABLE listings (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES runs (id),
  "column" INTEGER,
  scope TEXT NOT NULL,
  year INTEGER,
  url TEXT NOT NULL,
  pages INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  declared_rows INTEGER,
  declared_pages INTEGER,
  wanted INTEGER NOT NULL,
  decoys INTEGER NOT NULL,
  stop_reason TEXT NOT NULL,
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  failure TEXT NOT NULL
);
CREATE INDEX listings_run ON listings (run);

CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  portal TEXT NOT NULL REFERENCES portals (id),
  key TEXT NOT NULL,
  url TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  list_day TEXT,
  year INTEGER,
  parent INTEGER REFERENCES pages (id),
  first_listing INTEGER REFERENCES listings (id),
  listing INTEGER REFERENCES listings (id),
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  first_seen TEXT,
  last_seen TEXT,
  last_asked TEXT,
  misses INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('online', 'gone')),
  run TEXT REFERENCES runs (id),
  warc TEXT NOT NULL,
  "offset" INTEGER NOT NULL,
  report INTEGER REFERENCES reports (id),
  UNIQUE (portal, key)
);
