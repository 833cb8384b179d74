"""The collection file on one page: SQLite, application id "tcls", one table an idea.

A verdict is stored as its code (see `tinyclf.domain`). What a person said is only ever appended:
the present verdict of a photo is the newest journal row of that photo, and the undo history is
the acts themselves. The triggers hold that against every program, not only against this one.

What trust rests on is kept the same way: which photos were set aside for the exam, which were
drawn for an audit and in what order, and what a person said when shown a photo again. What a model
thought of the photos it was trained on, and of those new to it, is the machine's and replaced.

This is a new file; older ones become the same by the steps in `tinyclf.project.migrations`.
"""

from __future__ import annotations

from tinyclf.project.acts import NO_VERDICT_GIVEN, as_sql
from tinyclf.project.triggers import for_good

APPLICATION_ID = 0x74636C73  # "tcls"
USER_VERSION = 4

READ_BY_INDEX = ("acts", "journal", "second_looks", "fine_photos")
"""What a person said, as it is read: the indices of these tables alone tell which grade stands."""

_TABLES = """
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

CREATE INDEX acts_taken_back ON acts (undoes, number) WHERE undoes IS NOT NULL;

CREATE TABLE photos (
    row INTEGER PRIMARY KEY,
    photo_id TEXT NOT NULL UNIQUE,
    folder INTEGER NOT NULL REFERENCES folders,
    path ANY NOT NULL,                  -- within its folder, '/' between; a blob likewise
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    file_size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    act INTEGER NOT NULL REFERENCES acts, -- the import that last wrote this row
    taken INTEGER,                      -- by the camera's clock, seconds since 1970; null: unknown
    changed_ns INTEGER                  -- by the file system alone (ctime); null: not known
) STRICT;

CREATE TABLE problems (
    folder INTEGER NOT NULL REFERENCES folders,
    path ANY NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (folder, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE copies (                   -- files with the bytes of a photo that lies elsewhere
    folder INTEGER NOT NULL REFERENCES folders,
    path ANY NOT NULL,
    photo INTEGER NOT NULL REFERENCES photos,
    file_size INTEGER,                  -- by this and both times it is known again; null: not known
    modified_ns INTEGER,
    changed_ns INTEGER,
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
    seconds REAL NOT NULL,
    grades INTEGER,                     -- on how many it was trained; null where that is unknown
    cross_validated REAL,               -- its share of exact grades, 0 to 1; null likewise
    is_quick INTEGER NOT NULL DEFAULT 0 CHECK (is_quick IN (0, 1)),  -- but a quick refit
    gate_open INTEGER CHECK (gate_open IN (0, 1)),  -- the condition encoder; null where not asked
    gate_gain REAL CHECK ((gate_gain IS NULL) = (gate_open IS NULL)),
    gate_error REAL CHECK ((gate_error IS NULL) = (gate_open IS NULL))
) STRICT;

CREATE TABLE proposals (
    photo INTEGER PRIMARY KEY REFERENCES photos,
    model INTEGER NOT NULL REFERENCES models,
    p1 REAL NOT NULL, p2 REAL NOT NULL, p3 REAL NOT NULL, p4 REAL NOT NULL, p5 REAL NOT NULL
) STRICT;

CREATE TABLE exam (
    photo INTEGER PRIMARY KEY REFERENCES photos,
    act INTEGER NOT NULL REFERENCES acts -- the act that chose it
) STRICT;

CREATE TABLE audits (
    audit INTEGER PRIMARY KEY CHECK (audit > 0),
    act INTEGER NOT NULL UNIQUE REFERENCES acts,
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 5),    -- whose wall
    model INTEGER NOT NULL REFERENCES models,                -- whose proposals hung there
    population INTEGER NOT NULL CHECK (population > 0),      -- how many of them
    sizes TEXT NOT NULL                                      -- JSON: after how many answers to look
) STRICT;

CREATE TABLE audit_photos (
    audit INTEGER NOT NULL REFERENCES audits,
    place INTEGER NOT NULL,             -- the order in which they were drawn
    photo INTEGER NOT NULL REFERENCES photos,
    PRIMARY KEY (audit, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE second_looks (
    act INTEGER NOT NULL REFERENCES acts,
    photo INTEGER NOT NULL REFERENCES photos,
    first INTEGER NOT NULL CHECK (first <> 0),               -- the verdict that stood, and stands
    second INTEGER NOT NULL CHECK (second BETWEEN -2 AND 5 AND second <> 0),
    blind INTEGER NOT NULL CHECK (blind IN (0, 1)),          -- the first was not shown meanwhile
    PRIMARY KEY (act, photo)
) STRICT, WITHOUT ROWID;

CREATE TABLE photo_groups (
    photo INTEGER NOT NULL REFERENCES photos,
    name TEXT NOT NULL CHECK (name <> ''),
    source TEXT NOT NULL CHECK (source IN ('user', 'duplicate')),
    PRIMARY KEY (photo, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE out_of_fold (              -- of the newest model alone: opinions that never saw it
    photo INTEGER PRIMARY KEY REFERENCES photos,
    model INTEGER NOT NULL REFERENCES models,
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 5),    -- what it was trained with
    p1 REAL NOT NULL, p2 REAL NOT NULL, p3 REAL NOT NULL, p4 REAL NOT NULL, p5 REAL NOT NULL
) STRICT;

CREATE TABLE novelty (                  -- what photos new to a model look like to it
    model INTEGER PRIMARY KEY REFERENCES models,
    photos INTEGER NOT NULL CHECK (photos > 0),
    share REAL NOT NULL,
    usual REAL NOT NULL,
    unlike INTEGER NOT NULL CHECK (unlike IN (0, 1))
) STRICT;

CREATE TABLE strangest (                -- new photos unlike those a model was trained on
    model INTEGER NOT NULL REFERENCES models,
    place INTEGER NOT NULL,             -- the strangest first
    photo INTEGER NOT NULL REFERENCES photos,
    PRIMARY KEY (model, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE exemplars (                -- photos that a person holds up as examples of a grade
    photo INTEGER PRIMARY KEY REFERENCES photos,
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 5),
    place INTEGER NOT NULL              -- in which order they were pinned
) STRICT;

CREATE TABLE fine_photos (              -- they look like bad photos; a person says they are not
    act INTEGER NOT NULL REFERENCES acts,
    photo INTEGER NOT NULL REFERENCES photos,
    fine INTEGER NOT NULL CHECK (fine IN (0, 1)),            -- what the newest act says holds
    PRIMARY KEY (act, photo)
) STRICT, WITHOUT ROWID;
CREATE INDEX fine_photos_of_photo ON fine_photos (photo, act, fine);
"""

_TRIGGERS = """
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

CREATE TRIGGER acts_are_never_replaced BEFORE INSERT ON acts
WHEN NEW.number <> -1 AND NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM acts)
BEGIN SELECT RAISE(ABORT, 'the acts only grow at their end'); END;

CREATE TRIGGER photos_stay_who_they_are BEFORE UPDATE ON photos
WHEN NEW.row <> OLD.row OR NEW.photo_id <> OLD.photo_id
BEGIN SELECT RAISE(ABORT, 'a photo stays who it is'); END;

CREATE TRIGGER photos_spoken_of_stay BEFORE DELETE ON photos
WHEN EXISTS (SELECT 1 FROM journal WHERE photo = OLD.row)
BEGIN SELECT RAISE(ABORT, 'a photo that a person spoke of stays'); END;

CREATE TRIGGER photos_set_aside_stay BEFORE DELETE ON photos
WHEN EXISTS (SELECT 1 FROM exam WHERE photo = OLD.row)
    OR EXISTS (SELECT 1 FROM audit_photos WHERE photo = OLD.row)
BEGIN SELECT RAISE(ABORT, 'a photo of an exam or an audit stays'); END;

CREATE TRIGGER exam_is_set_by_the_machine BEFORE INSERT ON exam
WHEN NOT EXISTS (SELECT 1 FROM acts WHERE number = NEW.act AND actor = 'machine' AND kind = 'exam')
    OR NEW.act <> (SELECT max(number) FROM acts)
BEGIN SELECT RAISE(ABORT, 'only the machine''s act can set a photo aside, now'); END;

CREATE TRIGGER exam_takes_no_graded_photo BEFORE INSERT ON exam
WHEN (SELECT new FROM journal WHERE photo = NEW.photo ORDER BY act DESC LIMIT 1) <> 0
BEGIN SELECT RAISE(ABORT, 'a photo that a person has judged can not enter the exam'); END;

CREATE TRIGGER exam_takes_a_photo_once BEFORE INSERT ON exam
WHEN EXISTS (SELECT 1 FROM exam WHERE photo = NEW.photo)
BEGIN SELECT RAISE(ABORT, 'the photo is in the exam already'); END;

CREATE TRIGGER audits_are_drawn_by_the_machine BEFORE INSERT ON audits
WHEN NOT EXISTS (SELECT 1 FROM acts WHERE number = NEW.act AND actor = 'machine' AND kind = 'audit')
    OR NEW.act <> (SELECT max(number) FROM acts)
BEGIN SELECT RAISE(ABORT, 'only the machine''s act can draw an audit, now'); END;

CREATE TRIGGER audits_grow_at_their_end BEFORE INSERT ON audits
WHEN NEW.audit <> -1 AND NEW.audit <> (SELECT coalesce(max(audit), 0) + 1 FROM audits)
    OR EXISTS (SELECT 1 FROM audits WHERE act = NEW.act)
BEGIN SELECT RAISE(ABORT, 'the audits only grow at their end'); END;

CREATE TRIGGER audit_photos_are_drawn_at_once BEFORE INSERT ON audit_photos
WHEN (SELECT act FROM audits WHERE audit = NEW.audit) IS NOT (SELECT max(number) FROM acts)
    OR NEW.place <= (SELECT max(place) FROM audit_photos WHERE audit = NEW.audit)
    OR EXISTS (SELECT 1 FROM audit_photos WHERE audit = NEW.audit AND photo = NEW.photo)
BEGIN SELECT RAISE(ABORT, 'an audit is drawn once, in order'); END;

CREATE TRIGGER audit_photos_are_not_judged_yet BEFORE INSERT ON audit_photos
WHEN (SELECT new FROM journal WHERE photo = NEW.photo ORDER BY act DESC LIMIT 1) <> 0
BEGIN SELECT RAISE(ABORT, 'a photo that a person has judged can not be drawn'); END;

CREATE TRIGGER second_looks_are_taken_by_persons BEFORE INSERT ON second_looks
WHEN NOT EXISTS (
    SELECT 1 FROM acts
    WHERE number = NEW.act AND actor = 'person' AND kind IN ('second-look', 'keep'))
    OR NEW.act <> (SELECT max(number) FROM acts)
    OR EXISTS (SELECT 1 FROM second_looks WHERE act = NEW.act AND photo = NEW.photo)
BEGIN SELECT RAISE(ABORT, 'only a person''s act can look again, now'); END;

CREATE TRIGGER second_looks_compare_with_the_present BEFORE INSERT ON second_looks
WHEN NEW.first <> coalesce(
    (SELECT new FROM journal WHERE photo = NEW.photo ORDER BY act DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'the first verdict is not the present one'); END;

CREATE TRIGGER fine_photos_are_called_so_by_persons BEFORE INSERT ON fine_photos
WHEN NOT EXISTS (SELECT 1 FROM acts WHERE number = NEW.act AND actor = 'person')
    OR NEW.act <> (SELECT max(number) FROM acts)
    OR NEW.fine = coalesce(
        (SELECT fine FROM fine_photos WHERE photo = NEW.photo ORDER BY act DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'only a person''s act can say anew whether a photo is fine, now'); END;
"""

_VERDICTS_ALONE = f"""
CREATE TRIGGER journal_is_written_by_verdicts_alone BEFORE INSERT ON journal
WHEN (SELECT kind FROM acts WHERE number = NEW.act)
    IN {as_sql(NO_VERDICT_GIVEN)}
BEGIN SELECT RAISE(ABORT, 'looking again, grouping and to call a photo fine give no verdict'); END;
"""  # noqa: S608 (the kinds are this program's own words)

SCHEMA = (
    _TABLES
    + _TRIGGERS
    + _VERDICTS_ALONE
    + for_good("journal_is", "the journal is never changed", "the journal is never shortened")
    + for_good("acts_are", "an act is never changed", "an act is never removed")
    + for_good("exam_is", "the exam is never changed", "no photo ever leaves the exam")
    + for_good("audits_are", "an audit is never changed", "an audit is never removed")
    + for_good(
        "audit_photos_are",
        "what was drawn is never changed",
        "what was drawn is never removed",
        gone="removed",
    )
    + for_good(
        "second_looks_are", "a second look is never changed", "a second look is never removed"
    )
    + for_good(
        "fine_photos_are", "what was called fine is never changed", "what was called fine stays so"
    )
)
"""What a new file is made by."""
