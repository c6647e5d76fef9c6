-- A page that a look misses for the first time may be the one that its report has left.

CREATE TRIGGER pages_missed AFTER UPDATE OF misses ON pages
WHEN (old.misses = 0) <> (new.misses = 0) AND new.report IS NOT NULL
BEGIN
  INSERT INTO stale_organs SELECT DISTINCT organ_key, year FROM reports
    WHERE page = new.id AND organ_key IS NOT NULL AND year IS NOT NULL ON CONFLICT DO NOTHING;
END;

-- Few findings are about a second report.
DROP INDEX findings_other;
CREATE INDEX findings_other ON findings (other) WHERE other IS NOT NULL;
