-- What the pages say. A report has one row for each version; the text lies in its sections only.

CREATE TABLE organs (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  scope TEXT NOT NULL,
  portal TEXT NOT NULL REFERENCES portals (id),
  status TEXT NOT NULL,
  first_seen TEXT NOT NULL
);
CREATE INDEX organs_name ON organs (name);

CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  portal TEXT NOT NULL REFERENCES portals (id),
  page INTEGER NOT NULL REFERENCES pages (id),
  version INTEGER NOT NULL,
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  status TEXT NOT NULL CHECK (status IN ('online', 'gone')),
  organ TEXT,
  organ_key TEXT REFERENCES organs (key),
  year INTEGER,
  form TEXT,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  published TEXT,
  published_basis TEXT NOT NULL,
  days TEXT NOT NULL,
  list_day TEXT,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content_sha256 TEXT NOT NULL,
  same_as INTEGER REFERENCES reports (id),
  carrier TEXT NOT NULL,
  source TEXT NOT NULL,
  attachments TEXT NOT NULL,
  error TEXT NOT NULL,
  passed INTEGER NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id),
  response INTEGER REFERENCES responses (id),
  UNIQUE (page, version)
);
CREATE UNIQUE INDEX reports_current ON reports (page) WHERE current = 1;
CREATE INDEX reports_organ_year ON reports (organ_key, year);
CREATE INDEX reports_year ON reports (year);
CREATE INDEX reports_portal ON reports (portal);
CREATE INDEX reports_content ON reports (content_sha256);

CREATE TABLE sections (
  id INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES reports (id),
  number INTEGER NOT NULL,
  heading TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX sections_report ON sections (report);

CREATE TABLE problems (
  id INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES reports (id),
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  place TEXT NOT NULL
);
CREATE INDEX problems_report ON problems (report);
CREATE INDEX problems_code ON problems (code);

CREATE TABLE cell_sets (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  cells TEXT NOT NULL
);

CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES reports (id),
  organ TEXT,
  year INTEGER,
  "check" TEXT NOT NULL,
  result TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  cells INTEGER REFERENCES cell_sets (id),
  expected TEXT NOT NULL,
  printed TEXT NOT NULL,
  place TEXT NOT NULL,
  version INTEGER NOT NULL
);
CREATE INDEX findings_report ON findings (report);
CREATE INDEX findings_check ON findings ("check", result);
