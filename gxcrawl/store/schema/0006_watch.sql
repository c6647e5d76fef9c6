-- Who owes which report, what is wrong with it, and what people said about that.

CREATE TABLE duties (
  organ TEXT NOT NULL REFERENCES organs (key),
  year INTEGER NOT NULL,
  due TEXT NOT NULL,
  rule TEXT NOT NULL,
  statutory INTEGER NOT NULL CHECK (statutory IN (0, 1)),
  basis TEXT NOT NULL CHECK (basis IN ('registered', 'published-before', 'published')),
  status TEXT NOT NULL CHECK (status IN ('not_due', 'on_time', 'late', 'missing', 'date_unknown', 'unreadable',
    'unknown', 'withdrawn', 'exempt')),
  days INTEGER,
  reason TEXT NOT NULL,
  published TEXT,
  published_basis TEXT NOT NULL,
  report INTEGER REFERENCES reports (id),
  lacking TEXT REFERENCES runs (id),
  since TEXT NOT NULL,
  recheck TEXT,
  PRIMARY KEY (organ, year)
);
CREATE INDEX duties_year ON duties (year, status);
CREATE INDEX duties_recheck ON duties (recheck) WHERE recheck IS NOT NULL;
CREATE INDEX duties_report ON duties (report);

CREATE TABLE findings_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- an id that people were told never means another finding
  report INTEGER REFERENCES reports (id),
  organ TEXT,
  organ_key TEXT REFERENCES organs (key),
  year INTEGER,
  "check" TEXT NOT NULL,
  result TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  cells INTEGER REFERENCES cell_sets (id),
  expected TEXT NOT NULL,
  printed TEXT NOT NULL,
  place TEXT NOT NULL,
  version INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('report', 'across', 'sameness')),
  other INTEGER REFERENCES reports (id),
  evidence TEXT NOT NULL,
  mark TEXT NOT NULL
);
INSERT INTO findings_new SELECT findings.id, report, findings.organ, reports.organ_key, findings.year, "check",
  result, severity, message, cells, expected, printed, place, findings.version, 'report', NULL, '', ''
FROM findings JOIN reports ON reports.id = findings.report;
DROP TABLE findings;
ALTER TABLE findings_new RENAME TO findings;
CREATE INDEX findings_report ON findings (report);
CREATE INDEX findings_organ ON findings (organ_key, year);
CREATE INDEX findings_check ON findings ("check", result);
CREATE INDEX findings_other ON findings (other);

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  mark TEXT NOT NULL,
  "check" TEXT NOT NULL,
  organ_key TEXT,
  year INTEGER,
  decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'dismissed', 'comment', 'withdrawn')),
  comment TEXT NOT NULL,
  who TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX decisions_mark ON decisions (mark);
CREATE INDEX decisions_organ ON decisions (organ_key);

-- What people said and nobody took back: all comments, and the last word on each mark.
CREATE VIEW standing_decisions AS SELECT * FROM decisions WHERE decision = 'comment' OR (
  decision <> 'withdrawn' AND id = (
    SELECT max(id) FROM decisions AS later WHERE later.mark = decisions.mark AND later.decision <> 'comment'
  )
);

CREATE TABLE check_reasons (
  id INTEGER PRIMARY KEY,
  reasons TEXT NOT NULL UNIQUE
);

CREATE TABLE checked (
  organ TEXT NOT NULL REFERENCES organs (key),
  year INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('across', 'sameness')),
  passed INTEGER NOT NULL,
  reasons INTEGER NOT NULL REFERENCES check_reasons (id),
  version TEXT NOT NULL,
  PRIMARY KEY (organ, year, origin)
) WITHOUT ROWID;

-- What changed since the last check. Year 0 stands for all years of an organ.
CREATE TABLE stale_organs (
  organ TEXT NOT NULL,
  year INTEGER NOT NULL,
  PRIMARY KEY (organ, year)
) WITHOUT ROWID;
CREATE TABLE stale_portals (portal TEXT PRIMARY KEY, stamp INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE stale_groups (
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  PRIMARY KEY (code, kind, year)
) WITHOUT ROWID;
CREATE TABLE stale_texts (report INTEGER PRIMARY KEY);
CREATE TABLE review_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO stale_portals SELECT id, 1 FROM portals;
INSERT INTO stale_organs SELECT DISTINCT organ_key, year FROM reports
  WHERE organ_key IS NOT NULL AND year IS NOT NULL;
INSERT INTO stale_texts SELECT id FROM reports;

-- The triggers say what changed. ON CONFLICT: an OR IGNORE would give way to the clause of the outer statement.
CREATE TRIGGER reports_come AFTER INSERT ON reports BEGIN
  INSERT INTO stale_portals VALUES (new.portal, 1) ON CONFLICT DO UPDATE SET stamp = stamp + 1;
  INSERT INTO stale_organs SELECT new.organ_key, new.year WHERE new.organ_key IS NOT NULL AND new.year IS NOT NULL
    ON CONFLICT DO NOTHING;
  INSERT INTO stale_texts VALUES (new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER reports_change
AFTER UPDATE OF organ_key, year, form, published, first_seen, current, status, error, content_sha256, same_as ON reports
WHEN old.organ_key IS NOT new.organ_key OR old.year IS NOT new.year OR old.form IS NOT new.form
  OR old.published IS NOT new.published OR old.first_seen IS NOT new.first_seen OR old.current IS NOT new.current
  OR old.status IS NOT new.status OR old.error IS NOT new.error OR old.content_sha256 IS NOT new.content_sha256
  OR old.same_as IS NOT new.same_as
BEGIN
  INSERT INTO stale_portals VALUES (new.portal, 1) ON CONFLICT DO UPDATE SET stamp = stamp + 1;
  INSERT INTO stale_organs SELECT new.organ_key, new.year WHERE new.organ_key IS NOT NULL AND new.year IS NOT NULL
    ON CONFLICT DO NOTHING;
  INSERT INTO stale_organs SELECT old.organ_key, old.year WHERE old.organ_key IS NOT NULL AND old.year IS NOT NULL
    ON CONFLICT DO NOTHING;
  INSERT INTO stale_texts VALUES (new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER readings_come AFTER INSERT ON readings BEGIN
  INSERT INTO stale_organs SELECT organ_key, year FROM reports
    WHERE id = new.report AND organ_key IS NOT NULL AND year IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO stale_texts VALUES (new.report) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER runs_come AFTER INSERT ON runs BEGIN
  INSERT INTO stale_portals VALUES (new.portal, 1) ON CONFLICT DO UPDATE SET stamp = stamp + 1;
END;
CREATE TRIGGER organs_come AFTER INSERT ON organs BEGIN
  INSERT INTO stale_organs VALUES (new.key, 0) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER organs_change AFTER UPDATE OF name, kind, level, superior, code, core, portal, status, valid_from, valid_to
ON organs BEGIN
  INSERT INTO stale_organs VALUES (new.key, 0) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER organ_events_come AFTER INSERT ON organ_events BEGIN
  INSERT INTO stale_organs VALUES (new.organ, 0) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER organ_events_go AFTER DELETE ON organ_events BEGIN
  INSERT INTO stale_organs VALUES (old.organ, 0) ON CONFLICT DO NOTHING;
END;

-- For people. Plain joins and nothing sorted, so that a page of 300,000 rows comes at once and can be filtered.
CREATE VIEW report_matrix AS
SELECT organs.name AS organ, organs.kind, organs.code, areas.name AS area, duties.year, duties.due,
  duties.status, duties.days, duties.reason, reports.title, reports.url, duties.published,
  duties.organ AS organ_key, duties.report
FROM duties JOIN organs ON organs.key = duties.organ
LEFT JOIN areas ON areas.code = organs.code
LEFT JOIN reports ON reports.id = duties.report;

-- The numbers of table three that are one series since 2019. A report has one form, so one of the two has its row.
CREATE VIEW applications_panel AS
SELECT organs.name AS organ, organs.kind, organs.code, reports.year, reports.form,
  coalesce(new.t3_received_total, old.t3_received_total) AS t3_received_total,
  coalesce(new.t3_carried_in_total, old.t3_carried_in_total) AS t3_carried_in_total,
  coalesce(new.t3_granted_total, old.t3_granted_total) AS t3_granted_total,
  coalesce(new.t3_partly_granted_total, old.t3_partly_granted_total) AS t3_partly_granted_total,
  coalesce(new.t3_refused_state_secret_total, old.t3_refused_state_secret_total) AS t3_refused_state_secret_total,
  coalesce(new.t3_refused_other_law_total, old.t3_refused_other_law_total) AS t3_refused_other_law_total,
  coalesce(new.t3_refused_stability_total, old.t3_refused_stability_total) AS t3_refused_stability_total,
  coalesce(new.t3_refused_third_party_total, old.t3_refused_third_party_total) AS t3_refused_third_party_total,
  coalesce(new.t3_refused_internal_affairs_total, old.t3_refused_internal_affairs_total) AS t3_refused_internal_affairs_total,
  coalesce(new.t3_refused_process_info_total, old.t3_refused_process_info_total) AS t3_refused_process_info_total,
  coalesce(new.t3_refused_enforcement_file_total, old.t3_refused_enforcement_file_total) AS t3_refused_enforcement_file_total,
  coalesce(new.t3_refused_query_matter_total, old.t3_refused_query_matter_total) AS t3_refused_query_matter_total,
  coalesce(new.t3_unavailable_not_held_total, old.t3_unavailable_not_held_total) AS t3_unavailable_not_held_total,
  CASE
    WHEN coalesce(new.t3_other_uncorrected_total, new.t3_other_unpaid_total, new.t3_other_rest_total) IS NOT NULL
    THEN new.t3_other_uncorrected_total + new.t3_other_unpaid_total + new.t3_other_rest_total
    ELSE coalesce(new.t3_other_total, old.t3_other_total)
  END AS t3_other_total,
  coalesce(new.t3_handled_total, old.t3_handled_total) AS t3_handled_total,
  coalesce(new.t3_carried_out_total, old.t3_carried_out_total) AS t3_carried_out_total,
  (
    SELECT count(*) FROM findings WHERE findings.report = reports.id AND result = 'fail'
      AND "check" IN ('T3-BAL', 'T3-COL', 'T3-ROW') AND NOT EXISTS (
        SELECT 1 FROM standing_decisions AS said
        WHERE said.mark = findings.mark AND said.decision = 'dismissed'
      )
  ) AS failed_identities,
  reports.status, reports.url, reports.organ_key, reports.id AS report
FROM reports JOIN organs ON organs.key = reports.organ_key
LEFT JOIN figures_2019 AS old ON old.report = reports.id
LEFT JOIN figures_2021 AS new ON new.report = reports.id
WHERE reports.form IN ('2019', '2021') AND reports.current = 1 AND reports.same_as IS NULL
  AND reports.year IS NOT NULL;
