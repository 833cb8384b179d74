"""How files of earlier versions become what `tinyclf.project.schema` describes, step by step.

Each step stays as it was when its version came: it is history, and no later change may reach it.
"""

from __future__ import annotations

from tinyclf.project.triggers import for_good

_LOOKS_STAND = """
CREATE TRIGGER second_looks_compare_with_the_present BEFORE INSERT ON second_looks
WHEN NEW.first <> coalesce(
    (SELECT new FROM journal WHERE photo = NEW.photo ORDER BY act DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'the first verdict is not the present one'); END;
"""
_LOOKS_STAND += for_good(
    "second_looks_are", "a second look is never changed", "a second look is never removed"
)

TO_VERSION_2 = """
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
    act INTEGER PRIMARY KEY REFERENCES acts,
    photo INTEGER NOT NULL REFERENCES photos,
    first INTEGER NOT NULL CHECK (first <> 0),               -- the verdict that stood, and stands
    second INTEGER NOT NULL CHECK (second BETWEEN -2 AND 5 AND second <> 0),
    blind INTEGER NOT NULL CHECK (blind IN (0, 1))           -- the first was not shown meanwhile
) STRICT;

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
    SELECT 1 FROM acts WHERE number = NEW.act AND actor = 'person' AND kind = 'second-look')
    OR NEW.act <> (SELECT max(number) FROM acts)
    OR EXISTS (SELECT 1 FROM second_looks WHERE act = NEW.act)
BEGIN SELECT RAISE(ABORT, 'only a person''s act can look again, now'); END;

CREATE TRIGGER journal_is_written_by_verdicts_alone BEFORE INSERT ON journal
WHEN (SELECT kind FROM acts WHERE number = NEW.act) IN ('second-look', 'group')
BEGIN SELECT RAISE(ABORT, 'looking again and grouping give no verdict'); END;

CREATE TRIGGER photos_set_aside_stay BEFORE DELETE ON photos
WHEN EXISTS (SELECT 1 FROM exam WHERE photo = OLD.row)
    OR EXISTS (SELECT 1 FROM audit_photos WHERE photo = OLD.row)
BEGIN SELECT RAISE(ABORT, 'a photo of an exam or an audit stays'); END;
"""
TO_VERSION_2 += for_good("exam_is", "the exam is never changed", "no photo ever leaves the exam")
TO_VERSION_2 += for_good("audits_are", "an audit is never changed", "an audit is never removed")
TO_VERSION_2 += for_good(
    "audit_photos_are",
    "what was drawn is never changed",
    "what was drawn is never removed",
    gone="removed",
)
TO_VERSION_2 += _LOOKS_STAND
"""Exam, audits, second looks, groups, and what a model thought of the photos it learnt from."""

TO_VERSION_3 = """
CREATE TABLE looks_before AS SELECT * FROM second_looks;
DROP TABLE second_looks;

CREATE TABLE second_looks (
    act INTEGER NOT NULL REFERENCES acts,
    photo INTEGER NOT NULL REFERENCES photos,
    first INTEGER NOT NULL CHECK (first <> 0),               -- the verdict that stood, and stands
    second INTEGER NOT NULL CHECK (second BETWEEN -2 AND 5 AND second <> 0),
    blind INTEGER NOT NULL CHECK (blind IN (0, 1)),          -- the first was not shown meanwhile
    PRIMARY KEY (act, photo)
) STRICT, WITHOUT ROWID;
INSERT INTO second_looks SELECT act, photo, first, second, blind FROM looks_before;
DROP TABLE looks_before;

CREATE INDEX acts_taken_back ON acts (undoes, number) WHERE undoes IS NOT NULL;

CREATE TABLE strangest (                -- new photos unlike those a model was trained on
    model INTEGER NOT NULL REFERENCES models,
    place INTEGER NOT NULL,             -- the strangest first
    photo INTEGER NOT NULL REFERENCES photos,
    PRIMARY KEY (model, place)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER second_looks_are_taken_by_persons BEFORE INSERT ON second_looks
WHEN NOT EXISTS (
    SELECT 1 FROM acts
    WHERE number = NEW.act AND actor = 'person' AND kind IN ('second-look', 'keep'))
    OR NEW.act <> (SELECT max(number) FROM acts)
    OR EXISTS (SELECT 1 FROM second_looks WHERE act = NEW.act AND photo = NEW.photo)
BEGIN SELECT RAISE(ABORT, 'only a person''s act can look again, now'); END;

DROP TRIGGER journal_is_written_by_verdicts_alone;
CREATE TRIGGER journal_is_written_by_verdicts_alone BEFORE INSERT ON journal
WHEN (SELECT kind FROM acts WHERE number = NEW.act) IN ('second-look', 'keep', 'group')
BEGIN SELECT RAISE(ABORT, 'looking again and grouping give no verdict'); END;

ALTER TABLE models ADD COLUMN grades INTEGER;
ALTER TABLE models ADD COLUMN cross_validated REAL;
ALTER TABLE models ADD COLUMN is_quick INTEGER NOT NULL DEFAULT 0 CHECK (is_quick IN (0, 1));
ALTER TABLE models ADD COLUMN gate_open INTEGER CHECK (gate_open IN (0, 1));
ALTER TABLE models ADD COLUMN gate_gain REAL CHECK ((gate_gain IS NULL) = (gate_open IS NULL));
ALTER TABLE models ADD COLUMN gate_error REAL CHECK ((gate_error IS NULL) = (gate_open IS NULL));

-- What was known of a model rode in its quality; where it did not, that was by cross-validation.
UPDATE models SET
    grades = coalesce(quality ->> 'grades',
        iif(quality ->> 'judged_on' = 'cross-validation', quality ->> 'photos', NULL)),
    cross_validated = coalesce(quality ->> 'cross_validated',
        iif(quality ->> 'judged_on' = 'cross-validation', quality ->> '$.exact.value', NULL)),
    is_quick = coalesce(quality ->> 'quick', 0),
    gate_open = quality ->> '$.gate.is_open',
    gate_gain = quality ->> '$.gate.gain',
    gate_error = quality ->> '$.gate.error',
    quality = json_remove(quality, '$.grades', '$.cross_validated', '$.quick', '$.gate')
WHERE json_valid(quality);
"""
TO_VERSION_3 += _LOOKS_STAND
"""Several photos looked at again in one act; what is strange; what is known of a model."""

TO_VERSION_4 = """
ALTER TABLE photos ADD COLUMN taken INTEGER;
ALTER TABLE photos ADD COLUMN changed_ns INTEGER;

CREATE TABLE copies (                   -- files with the bytes of a photo that lies elsewhere
    folder INTEGER NOT NULL REFERENCES folders,
    path ANY NOT NULL,
    photo INTEGER NOT NULL REFERENCES photos,
    file_size INTEGER,                  -- by this and both times it is known again; null: not known
    modified_ns INTEGER,
    changed_ns INTEGER,
    PRIMARY KEY (folder, path)
) STRICT, WITHOUT ROWID;

-- They were problems before; the reason named the photo, whole where it lay in another folder.
INSERT INTO copies (folder, path, photo)
SELECT q.folder, q.path, p.row FROM problems q JOIN photos p USING (folder)
WHERE q.reason = 'the same photo as ' || p.path AND q.path <> p.path
ON CONFLICT DO NOTHING;
INSERT INTO copies (folder, path, photo)
SELECT q.folder, q.path, p.row FROM folders f JOIN photos p USING (folder)
JOIN problems q ON q.reason = 'the same photo as ' || f.path || '/' || p.path
WHERE (q.folder, q.path) <> (p.folder, p.path)
ON CONFLICT DO NOTHING;
DELETE FROM problems WHERE (folder, path) IN (SELECT folder, path FROM copies);

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

CREATE TRIGGER fine_photos_are_called_so_by_persons BEFORE INSERT ON fine_photos
WHEN NOT EXISTS (SELECT 1 FROM acts WHERE number = NEW.act AND actor = 'person')
    OR NEW.act <> (SELECT max(number) FROM acts)
    OR NEW.fine = coalesce(
        (SELECT fine FROM fine_photos WHERE photo = NEW.photo ORDER BY act DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'only a person''s act can say anew whether a photo is fine, now'); END;

DROP TRIGGER journal_is_written_by_verdicts_alone;
CREATE TRIGGER journal_is_written_by_verdicts_alone BEFORE INSERT ON journal
WHEN (SELECT kind FROM acts WHERE number = NEW.act)
    IN ('fine', 'group', 'keep', 'not-fine', 'second-look')
BEGIN SELECT RAISE(ABORT, 'looking again, grouping and to call a photo fine give no verdict'); END;
"""
TO_VERSION_4 += for_good(
    "fine_photos_are", "what was called fine is never changed", "what was called fine stays so"
)
"""Exact copies; when photos were taken and changed; what a person says besides a grade."""

MIGRATIONS: dict[int, str] = {1: TO_VERSION_2, 2: TO_VERSION_3, 3: TO_VERSION_4}
"""``MIGRATIONS[n]`` makes a file of version ``n`` one of version ``n + 1``."""
