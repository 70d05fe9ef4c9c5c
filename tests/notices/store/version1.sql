-- The schema of version 1, kept as it was: stores of that version must open for ever.
CREATE TABLE source (
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    region_code TEXT,
    kind TEXT NOT NULL,
    page_url TEXT NOT NULL,
    licence TEXT NOT NULL,
    enabled INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    reason TEXT,
    sentence TEXT,
    listed INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    details INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX run_source ON run (source, id);
CREATE INDEX run_state ON run (state);
CREATE INDEX run_started ON run (started);
CREATE TABLE page (
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    at TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    rows TEXT NOT NULL,
    PRIMARY KEY (source, url)
) WITHOUT ROWID;
CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    first_run INTEGER,
    last_run INTEGER,
    first_seen TEXT NOT NULL,
    edition INTEGER NOT NULL,
    listed BLOB,
    detailed BLOB,
    stem TEXT,
    core TEXT,
    announcement_id INTEGER REFERENCES announcement (id),
    relation TEXT,
    reason TEXT NOT NULL DEFAULT '',
    decided INTEGER NOT NULL DEFAULT 0,
    withdrawn TEXT,
    UNIQUE (source, key)
);
CREATE INDEX notice_announcement ON notice (announcement_id);
CREATE INDEX notice_stem ON notice (stem) WHERE stem IS NOT NULL;
CREATE INDEX notice_core ON notice (core) WHERE core IS NOT NULL;
CREATE TABLE edition (
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    run_id INTEGER,
    title TEXT NOT NULL,
    url TEXT,
    posted TEXT,
    department TEXT,
    body TEXT NOT NULL,
    attachments TEXT NOT NULL,
    fields TEXT NOT NULL,
    doubts TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    detail INTEGER NOT NULL,
    PRIMARY KEY (notice_id, number)
);
CREATE TABLE identity (
    name TEXT NOT NULL,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    PRIMARY KEY (name, notice_id)
) WITHOUT ROWID;
CREATE INDEX identity_notice ON identity (notice_id);
CREATE TABLE reading (
    notice_id INTEGER PRIMARY KEY REFERENCES notice (id),
    edition INTEGER NOT NULL,
    relevant INTEGER NOT NULL,
    kind TEXT NOT NULL,
    correction INTEGER NOT NULL,
    section TEXT NOT NULL,
    supply TEXT NOT NULL,
    audience TEXT NOT NULL,
    regions TEXT NOT NULL
);
CREATE TABLE fact (
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    words TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (notice_id, position)
) WITHOUT ROWID;
CREATE TABLE announcement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    lead_id INTEGER NOT NULL REFERENCES notice (id),
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    section TEXT NOT NULL,
    status TEXT,
    relevant INTEGER NOT NULL,
    posted TEXT,
    opens TEXT,
    closes TEXT,
    corrected INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    first_seen TEXT NOT NULL,
    updated TEXT NOT NULL
);
CREATE INDEX announcement_closes ON announcement (closes);
CREATE INDEX announcement_updated ON announcement (updated);
CREATE INDEX announcement_posted ON announcement (posted);
CREATE TABLE tag (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    announcement_id INTEGER NOT NULL REFERENCES announcement (id),
    PRIMARY KEY (name, value, announcement_id)
) WITHOUT ROWID;
CREATE INDEX tag_announcement ON tag (announcement_id);
CREATE TABLE maybe (
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    other_id INTEGER NOT NULL REFERENCES notice (id),
    reason TEXT NOT NULL,
    PRIMARY KEY (notice_id, other_id)
) WITHOUT ROWID;
CREATE INDEX maybe_other ON maybe (other_id);
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    verdict TEXT NOT NULL,
    announcement TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX decision_notice ON decision (notice_id);
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    announcement_id INTEGER NOT NULL REFERENCES announcement (id),
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    edition INTEGER NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    posted TEXT,
    changes TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX event_announcement ON event (announcement_id);
CREATE INDEX event_notice ON event (notice_id);
CREATE INDEX event_at ON event (at);
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch TEXT NOT NULL,
    target TEXT NOT NULL,
    route TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT,
    error TEXT,
    confirmable INTEGER NOT NULL,
    updated TEXT NOT NULL,
    UNIQUE (batch, target)
);
CREATE INDEX delivery_due ON delivery (state, due);
CREATE TABLE cursor (
    route TEXT PRIMARY KEY,
    event_id INTEGER NOT NULL
) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (title, body, content='', tokenize="unicode61 remove_diacritics 0");
