-- Every cell of every report, in little room: what reports share (names, places) is stored once.

CREATE TABLE cell_lists (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  form TEXT NOT NULL
);

CREATE TABLE cell_names (
  list INTEGER NOT NULL REFERENCES cell_lists (id),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (list, position)
) WITHOUT ROWID;

CREATE TABLE cell_layouts (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE
);

CREATE TABLE cell_places (
  layout INTEGER NOT NULL REFERENCES cell_layouts (id),
  position INTEGER NOT NULL,
  head TEXT NOT NULL,
  first INTEGER,
  tail TEXT NOT NULL,
  PRIMARY KEY (layout, position)
) WITHOUT ROWID;

CREATE TABLE readings (
  report INTEGER PRIMARY KEY REFERENCES reports (id),
  reader TEXT NOT NULL,
  organ TEXT,
  organ_names TEXT NOT NULL,
  year INTEGER,
  published TEXT,
  published_basis TEXT NOT NULL,
  form TEXT,
  list INTEGER REFERENCES cell_lists (id),
  layout INTEGER REFERENCES cell_layouts (id),
  vals TEXT NOT NULL
);

CREATE TABLE cell_notes (
  report INTEGER NOT NULL REFERENCES readings (report),
  position INTEGER NOT NULL,
  raw TEXT,
  state TEXT NOT NULL,
  note TEXT,
  unit TEXT,
  candidates TEXT,
  PRIMARY KEY (report, position)
) WITHOUT ROWID;

CREATE VIEW cells AS
SELECT
  readings.report AS report,
  cell_names.id AS id,
  cell.value AS value,
  coalesce(cell_notes.raw, cast(cell.value AS TEXT), '') AS raw,
  coalesce(cell_notes.state, iif(cell.value IS NULL, 'blank', 'ok')) AS state,
  place.head || coalesce(place.first + cell.key - place.position, '') || place.tail AS place,
  cell_notes.note AS note,
  cell_notes.unit AS unit,
  cell_notes.candidates AS candidates
FROM readings
CROSS JOIN json_each(readings.vals) AS cell -- cross: in this very order
CROSS JOIN cell_names ON cell_names.list = readings.list AND cell_names.position = cell.key
CROSS JOIN cell_places AS place ON place.layout = readings.layout AND place.position = (
  SELECT max(earlier.position) FROM cell_places AS earlier
  WHERE earlier.layout = readings.layout AND earlier.position <= cell.key
)
LEFT JOIN cell_notes ON cell_notes.report = readings.report AND cell_notes.position = cell.key;
