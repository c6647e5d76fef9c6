-- What people were told, and whether it reached them.

CREATE TABLE alerts (
  id INTEGER PRIMARY KEY,
  stream TEXT NOT NULL CHECK (stream IN ('organ', 'crawler')),
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  organ TEXT REFERENCES organs (key),
  year INTEGER,
  portal TEXT REFERENCES portals (id),
  area TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warn', 'info')),
  state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'held', 'dismissed', 'closed')),
  message TEXT NOT NULL,
  evidence TEXT NOT NULL,
  facts TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  closed_at TEXT,
  reopened INTEGER NOT NULL DEFAULT 0,
  UNIQUE (kind, subject)
);
CREATE INDEX alerts_state ON alerts (state, stream);
CREATE INDEX alerts_organ ON alerts (organ, year);
CREATE INDEX alerts_portal ON alerts (portal);

CREATE TABLE alert_events (
  id INTEGER PRIMARY KEY,
  alert INTEGER NOT NULL REFERENCES alerts (id),
  at TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('opened', 'changed', 'held', 'resumed', 'acknowledged', 'dismissed', 'closed',
    'reopened')),
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  who TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX alert_events_alert ON alert_events (alert);

-- Events up to `upto` were looked at for this receiver.
CREATE TABLE receivers (
  name TEXT PRIMARY KEY,
  first_seen TEXT NOT NULL,
  upto INTEGER NOT NULL,
  last_sent TEXT,
  failures INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  receiver TEXT NOT NULL REFERENCES receivers (name),
  event INTEGER NOT NULL REFERENCES alert_events (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given-up', 'void')),
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before TEXT NOT NULL,
  sent_at TEXT,
  error TEXT NOT NULL DEFAULT '',
  UNIQUE (receiver, event)
);
CREATE INDEX deliveries_waiting ON deliveries (receiver, not_before) WHERE state = 'waiting';
CREATE INDEX deliveries_event ON deliveries (event);

-- What is not over, for people.
CREATE VIEW alerts_open AS
SELECT alerts.id, stream, severity, alerts.kind, organs.name AS organ, alerts.year, alerts.portal, alerts.area,
  state, message, opened_at, seen_at, alerts.organ AS organ_key
FROM alerts LEFT JOIN organs ON organs.key = alerts.organ
WHERE state IN ('open', 'acknowledged', 'held');
