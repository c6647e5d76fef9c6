-- Reports that somebody saved by hand, and who, when and where from.

CREATE TABLE deposits (
  run TEXT PRIMARY KEY REFERENCES runs (id),
  file TEXT NOT NULL,
  url TEXT NOT NULL,
  seen TEXT NOT NULL,
  who TEXT NOT NULL,
  origin TEXT NOT NULL,
  added TEXT NOT NULL
);
