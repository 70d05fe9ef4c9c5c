"""The whole current schema in one place; `migrations` brings older files up to it.

Times are ISO text in UTC, dates ISO text, lists and maps JSON.
"""

SCHEMA = """
CREATE TABLE source (               -- as the files under spiders/sources say it today
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    region_code TEXT,               -- null: the whole country
    kind TEXT NOT NULL,
    page_url TEXT NOT NULL,
    licence TEXT NOT NULL,          -- 공공누리 type "0".."4" or "unknown"
    enabled INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,                  -- null while running, and when it was cut off
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

CREATE TABLE page (                 -- validators, committed together with the notices they cover
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    at TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    rows TEXT NOT NULL,             -- {key: fingerprint} of every row on the page
    PRIMARY KEY (source, url)
) WITHOUT ROWID;

CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    first_run INTEGER,
    last_run INTEGER,               -- the last run that took it
    first_seen TEXT NOT NULL,
    edition INTEGER NOT NULL,       -- the current one; 0 when withdrawn
    listed BLOB,                    -- digest of what its row in the list said last
    detailed BLOB,                  -- digest of what its own page said last
    stem TEXT,                      -- the title's forms for matching
    core TEXT,
    announcement_id INTEGER REFERENCES announcement (id),
    relation TEXT,                  -- to the announcement: original, same, revision, follow_up
    reason TEXT NOT NULL DEFAULT '',
    decided INTEGER NOT NULL DEFAULT 0,  -- 1: a person put it where it is
    withdrawn TEXT,
    UNIQUE (source, key)
);
CREATE INDEX notice_announcement ON notice (announcement_id);
CREATE INDEX notice_stem ON notice (stem) WHERE stem IS NOT NULL;
CREATE INDEX notice_core ON notice (core) WHERE core IS NOT NULL;

CREATE TABLE edition (
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    number INTEGER NOT NULL,        -- from 1
    at TEXT NOT NULL,
    run_id INTEGER,
    title TEXT NOT NULL,
    url TEXT,
    posted TEXT,
    department TEXT,
    body TEXT NOT NULL,
    attachments TEXT NOT NULL,      -- [[name, url or null]]
    fields TEXT NOT NULL,
    doubts TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    detail INTEGER NOT NULL,
    PRIMARY KEY (notice_id, number)
);

CREATE TABLE revisit (              -- the own pages of notices that are to be looked at again
    notice_id INTEGER PRIMARY KEY REFERENCES notice (id),
    url TEXT NOT NULL,              -- how the page is asked for
    form TEXT,                      -- posted; null: nothing is
    etag TEXT,
    last_modified TEXT,
    heading BLOB,                   -- digest of the title that the page bore
    read TEXT NOT NULL,             -- when it was last had whole
    at TEXT NOT NULL,               -- when it was last asked for
    due TEXT NOT NULL,
    last TEXT NOT NULL,             -- the day until which the notice counts as open
    failures INTEGER NOT NULL       -- in a row
);
CREATE INDEX revisit_due ON revisit (due);

CREATE TABLE identity (             -- "<source family>:<number>" under which a notice is known elsewhere
    name TEXT NOT NULL,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    PRIMARY KEY (name, notice_id)
) WITHOUT ROWID;
CREATE INDEX identity_notice ON identity (notice_id);

CREATE TABLE reading (              -- of the current edition
    notice_id INTEGER PRIMARY KEY REFERENCES notice (id),
    edition INTEGER NOT NULL,
    relevant INTEGER NOT NULL,
    kind TEXT NOT NULL,
    correction INTEGER NOT NULL,
    section TEXT NOT NULL,
    supply TEXT NOT NULL,
    audience TEXT NOT NULL,
    regions TEXT NOT NULL           -- [[name, code]]
);

CREATE TABLE fact (
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,            -- JSON: text, number or true/false
    words TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (notice_id, position)
) WITHOUT ROWID;

CREATE TABLE announcement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,       -- "<source>:<key>" of the notice that founded it
    lead_id INTEGER NOT NULL REFERENCES notice (id),  -- the notice whose word stands
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

CREATE TABLE tag (                  -- what selections ask for: region, supply, audience, source
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    announcement_id INTEGER NOT NULL REFERENCES announcement (id),
    PRIMARY KEY (name, value, announcement_id)
) WITHOUT ROWID;
CREATE INDEX tag_announcement ON tag (announcement_id);

CREATE TABLE change (               -- what was worked out anew, in order: outlets build only what changed since they looked
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    announcement_id INTEGER NOT NULL UNIQUE  -- stays when the announcement is gone
);

CREATE TABLE maybe (                -- kept apart in doubt
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    other_id INTEGER NOT NULL REFERENCES notice (id),
    reason TEXT NOT NULL,
    PRIMARY KEY (notice_id, other_id)
) WITHOUT ROWID;
CREATE INDEX maybe_other ON maybe (other_id);

CREATE TABLE decision (             -- what a person decided, kept as a record
    id INTEGER PRIMARY KEY,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    verdict TEXT NOT NULL,          -- split, join
    announcement TEXT NOT NULL,     -- the uid it was taken from or put into
    at TEXT NOT NULL
);
CREATE INDEX decision_notice ON decision (notice_id);

CREATE TABLE pick (                 -- what a centre decided about an announcement, named by the notice that founded it
    centre TEXT NOT NULL,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    state TEXT NOT NULL,            -- picked, hidden, later
    title TEXT,                     -- the centre's own words, null for the notice's
    summary TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (centre, notice_id)
) WITHOUT ROWID;
CREATE INDEX pick_notice ON pick (notice_id);

CREATE TABLE post (                 -- what a centre put on its blog
    centre TEXT NOT NULL,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    target TEXT NOT NULL,           -- the blog, by its name in the settings
    state TEXT NOT NULL,            -- posting, written, posted, rewritten (the new text waits for a person), gone
    slug TEXT NOT NULL,
    remote TEXT,                    -- the post's id or file there
    url TEXT,
    digest TEXT,                    -- of what the blog held after the last posting
    event_id INTEGER NOT NULL,      -- the newest event that the post knows
    at TEXT NOT NULL,
    PRIMARY KEY (centre, notice_id, target)
) WITHOUT ROWID;
CREATE INDEX post_notice ON post (notice_id);

CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,      -- "<source>:<key>", "#<edition>" for a silent edit; never changes
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    announcement_id INTEGER NOT NULL REFERENCES announcement (id),
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    edition INTEGER NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    posted TEXT,
    changes TEXT NOT NULL,          -- [[field, old, new]]
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
    confirmable INTEGER NOT NULL,   -- 1: the receiver knows a repeat by the delivery's id
    updated TEXT NOT NULL,
    UNIQUE (batch, target)
);
CREATE INDEX delivery_due ON delivery (state, due);

CREATE TABLE cursor (               -- up to which event a route has been told
    route TEXT PRIMARY KEY,
    event_id INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE source_check (         -- how a source answered when it was last looked at here
    source TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    asked TEXT NOT NULL,            -- digest of how it was asked
    state TEXT NOT NULL,            -- works, part, moved, fails
    reason TEXT NOT NULL,
    sentence TEXT NOT NULL,
    remedy TEXT NOT NULL,           -- the line of its file that would mend it
    listed INTEGER NOT NULL,
    dated INTEGER NOT NULL,
    title TEXT NOT NULL             -- of the first post
) WITHOUT ROWID;

CREATE TABLE rhythm (               -- on which days a list had posts
    source TEXT PRIMARY KEY,
    asked TEXT NOT NULL,            -- digest of how it was asked; another one starts anew
    days TEXT NOT NULL              -- JSON list of ISO dates
) WITHOUT ROWID;

CREATE TABLE quota (                -- requests of a day: to a host, and to each operation of an API that allows so many
    operation TEXT NOT NULL,        -- a host; of an API host and path
    day TEXT NOT NULL,              -- of Korea
    asked INTEGER NOT NULL,
    resting INTEGER NOT NULL,       -- 1: the provider wants no more of it that day
    PRIMARY KEY (operation, day)
) WITHOUT ROWID;

CREATE TABLE desk_session (         -- who is logged in at the desk
    token BLOB PRIMARY KEY,         -- digest of the token that the browser holds
    label TEXT NOT NULL,            -- the name given at the door
    password TEXT NOT NULL,         -- digest of the stored hash that it was opened with
    opened TEXT NOT NULL,
    seen TEXT NOT NULL,
    door TEXT NOT NULL DEFAULT ''   -- the centre whose password it was opened with, '' for that of all centres
) WITHOUT ROWID;

CREATE TABLE desk_log (             -- what was done at the desk
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    centre TEXT NOT NULL,
    what TEXT NOT NULL,
    announcement_id INTEGER,
    note TEXT NOT NULL,
    door TEXT NOT NULL DEFAULT ''   -- with whose password that person was in
);

CREATE VIRTUAL TABLE search USING fts5 (title, body, content='', tokenize="unicode61 remove_diacritics 0");
"""


def statements() -> list[str]:
    """The schema, one statement each."""
    return [part for part in (piece.strip() for piece in _bare().split(";")) if part]


def _bare() -> str:
    """The schema without its comments, which may hold semicolons; no literal in it holds two dashes."""
    return "\n".join(line.split("--")[0].rstrip() for line in SCHEMA.splitlines())
