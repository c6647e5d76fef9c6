-- What texts have in common, and what can be searched in them.

CREATE TABLE sentences (
  hash INTEGER NOT NULL,
  year INTEGER NOT NULL,
  portal INTEGER NOT NULL,
  report INTEGER NOT NULL,
  PRIMARY KEY (hash, year, portal, report)
) WITHOUT ROWID;

-- The same by report: what has to go when it changes, and how long it is without what is common.
CREATE TABLE sentence_lists (
  report INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  portal INTEGER NOT NULL,
  organ TEXT,
  hashes BLOB NOT NULL,
  lengths BLOB NOT NULL,
  own_length INTEGER NOT NULL
);
CREATE INDEX sentence_lists_portal ON sentence_lists (year, portal);

-- One character is one word: the only scheme that finds words of two characters.
CREATE VIRTUAL TABLE section_search USING fts5 (text, content = '', tokenize = 'unicode61');
