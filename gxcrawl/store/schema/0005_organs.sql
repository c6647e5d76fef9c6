-- Who must report. A name is looked up within its area only: twelve 前进街道 exist.

CREATE TABLE areas (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  level TEXT NOT NULL,
  parent TEXT REFERENCES areas (code),
  source TEXT NOT NULL,
  as_of TEXT NOT NULL
);

CREATE TABLE organs_new (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  level TEXT NOT NULL,
  superior TEXT REFERENCES organs (key),
  code TEXT NOT NULL,
  core TEXT NOT NULL,
  scope TEXT NOT NULL,
  portal TEXT REFERENCES portals (id),
  status TEXT NOT NULL CHECK (status IN ('registered', 'candidate')),
  valid_from TEXT,
  valid_to TEXT,
  source TEXT NOT NULL,
  first_seen TEXT NOT NULL
);
INSERT INTO organs_new (key, name, kind, level, code, core, scope, portal, status, source, first_seen)
SELECT key, name, '', '', code, name, scope, portal, status, 'crawl', first_seen FROM organs;
DROP TABLE organs;
ALTER TABLE organs_new RENAME TO organs;
CREATE INDEX organs_code ON organs (code);
CREATE INDEX organs_portal ON organs (portal);
CREATE INDEX organs_name ON organs (name);
CREATE INDEX organs_superior ON organs (superior);
CREATE INDEX portals_code ON portals (code);

CREATE TABLE organ_names (
  code TEXT NOT NULL,
  core TEXT NOT NULL,
  organ TEXT NOT NULL REFERENCES organs (key),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('full', 'alias', 'met')),
  PRIMARY KEY (code, core)
) WITHOUT ROWID;
CREATE INDEX organ_names_organ ON organ_names (organ);

CREATE TABLE organ_events (
  id INTEGER PRIMARY KEY,
  organ TEXT NOT NULL REFERENCES organs (key),
  kind TEXT NOT NULL CHECK (kind IN ('renamed', 'merged', 'split', 'abolished')),
  day TEXT NOT NULL,
  other TEXT,
  source TEXT NOT NULL
);
CREATE INDEX organ_events_organ ON organ_events (organ);
CREATE INDEX organ_events_other ON organ_events (other);

-- What a person said of a page that does not say itself whose report it is. Without an organ: nobody's.
CREATE TABLE page_organs (
  page INTEGER PRIMARY KEY REFERENCES pages (id),
  organ TEXT REFERENCES organs (key),
  year INTEGER,
  why TEXT NOT NULL,
  who TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX page_organs_organ ON page_organs (organ);
