-- What texts have in common, and what can be searched in them.

CREATE TABLE sentences (
  hash INTEGER NOT NULL,
  year INTEGER NOT NULL,
  portal INTEGER NOT NULL,
  report INTEGER NOT NULL,
  PRIMARY KEY (hash, year, portal, report)
) WITHOUT ROWID;

-- One character is one word: the only scheme that finds words of two characters.
CREATE VIRTUAL TABLE section_search USING fts5 (text, content = '', tokenize = 'unicode61');
