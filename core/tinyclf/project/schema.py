"""The collection file on one page: SQLite, application id "tcls", one table an idea.

A verdict is stored as its code (see `tinyclf.domain`). What a person said is only ever appended:
the present verdict of a photo is the newest journal row of that photo, and the undo history is
the acts themselves. The triggers hold that against every program, not only against this one.
"""

from __future__ import annotations

APPLICATION_ID = 0x74636C73  # "tcls"
USER_VERSION = 1

SCHEMA = """
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE folders (
    folder INTEGER PRIMARY KEY,
    path ANY NOT NULL UNIQUE            -- absolute; a blob of its bytes where it is no Unicode
) STRICT;

CREATE TABLE acts (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    actor TEXT NOT NULL CHECK (actor IN ('person', 'machine')),
    kind TEXT NOT NULL,
    at TEXT NOT NULL,                   -- ISO 8601, UTC
    undoes INTEGER REFERENCES acts
) STRICT;

CREATE TABLE photos (
    row INTEGER PRIMARY KEY,
    photo_id TEXT NOT NULL UNIQUE,
    folder INTEGER NOT NULL REFERENCES folders,
    path ANY NOT NULL,                  -- within its folder, '/' between; a blob likewise
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    file_size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    act INTEGER NOT NULL REFERENCES acts -- the import that last wrote this row
) STRICT;

CREATE TABLE problems (
    folder INTEGER NOT NULL REFERENCES folders,
    path ANY NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (folder, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    act INTEGER NOT NULL REFERENCES acts,
    place INTEGER NOT NULL,             -- the order in which the photos were given
    photo INTEGER NOT NULL REFERENCES photos,
    old INTEGER NOT NULL,
    new INTEGER NOT NULL CHECK (new BETWEEN -2 AND 5 AND new <> old),
    verified INTEGER NOT NULL CHECK (verified IN (0, 1)),  -- new is a signed proposal
    PRIMARY KEY (act, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_of_photo ON journal (photo, act, new, verified);

CREATE TABLE models (
    number INTEGER PRIMARY KEY,
    act INTEGER NOT NULL REFERENCES acts,
    blob BLOB,                          -- safetensors; null once newer models have come
    preset TEXT NOT NULL,
    config TEXT NOT NULL,               -- JSON
    quality TEXT,                       -- JSON; null where it could not be judged
    extractor_key TEXT NOT NULL,
    seconds REAL NOT NULL
) STRICT;

CREATE TABLE proposals (
    photo INTEGER PRIMARY KEY REFERENCES photos,
    model INTEGER NOT NULL REFERENCES models,
    p1 REAL NOT NULL, p2 REAL NOT NULL, p3 REAL NOT NULL, p4 REAL NOT NULL, p5 REAL NOT NULL
) STRICT;

CREATE TRIGGER journal_is_written_by_persons BEFORE INSERT ON journal
WHEN (SELECT actor FROM acts WHERE number = NEW.act) IS NOT 'person'
BEGIN SELECT RAISE(ABORT, 'only a person''s act can write a verdict'); END;

CREATE TRIGGER journal_continues_the_present BEFORE INSERT ON journal
WHEN NEW.old <> coalesce(
    (SELECT new FROM journal WHERE photo = NEW.photo ORDER BY act DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'the old verdict is not the present one'); END;

CREATE TRIGGER journal_grows_at_its_end BEFORE INSERT ON journal
WHEN NEW.act <> (SELECT max(number) FROM acts)
    OR NEW.place <= (SELECT max(place) FROM journal WHERE act = NEW.act)
    OR EXISTS (SELECT 1 FROM journal WHERE photo = NEW.photo AND act = NEW.act)
BEGIN SELECT RAISE(ABORT, 'the journal only grows at its end'); END;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;

CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never shortened'); END;

CREATE TRIGGER acts_are_never_replaced BEFORE INSERT ON acts
WHEN NEW.number <> -1 AND NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM acts)
BEGIN SELECT RAISE(ABORT, 'the acts only grow at their end'); END;

CREATE TRIGGER acts_are_never_changed BEFORE UPDATE ON acts
BEGIN SELECT RAISE(ABORT, 'an act is never changed'); END;

CREATE TRIGGER acts_are_never_shortened BEFORE DELETE ON acts
BEGIN SELECT RAISE(ABORT, 'an act is never removed'); END;

CREATE TRIGGER photos_stay_who_they_are BEFORE UPDATE ON photos
WHEN NEW.row <> OLD.row OR NEW.photo_id <> OLD.photo_id
BEGIN SELECT RAISE(ABORT, 'a photo stays who it is'); END;

CREATE TRIGGER photos_spoken_of_stay BEFORE DELETE ON photos
WHEN EXISTS (SELECT 1 FROM journal WHERE photo = OLD.row)
BEGIN SELECT RAISE(ABORT, 'a photo that a person spoke of stays'); END;
"""

MIGRATIONS: dict[int, str] = {}
"""``MIGRATIONS[n]`` makes a file of version ``n`` one of version ``n + 1``."""
