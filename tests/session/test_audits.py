"""An audit proves how much of a wall is wrong, as long as the wall is the one it was drawn from."""

import numpy as np
import pytest

from tinyclf.domain import ActKind, Grade
from tinyclf.errors import InputError


@pytest.fixture
def reviewed(crowd, truly, config, finish):
    """A fifth of the photos is graded, the others have proposals."""
    truly(crowd, crowd.table.ids[:45])
    finish(crowd.train(config, "mine"))
    finish(crowd.propose())
    crowd.refresh()
    return crowd


@pytest.fixture
def grade(reviewed):
    """Of the wall on which most proposals hang."""
    return max(reviewed.status().certificates, key=lambda wall: wall.proposals).grade


def wall(session, grade):
    return session.status().certificates[grade - 1]


def test_before_it_is_begun_it_says_what_it_takes(reviewed, grade):
    found = wall(reviewed, grade)
    assert found.audit is None
    assert reviewed.audit(grade) is None
    assert found.to_look_at == found.looks[0].size
    assert found.at_most_wrong == found.proposals


def test_it_names_the_photos_to_look_at_and_proves_nothing_yet(reviewed, grade):
    standing = reviewed.begin_audit(grade)
    assert len(standing.photos) == wall(reviewed, grade).to_look_at
    assert standing.certificate.at_most_wrong == standing.audit.population
    assert reviewed.audit(grade) == standing
    rows = reviewed.table.rows(standing.photos)
    assert (reviewed.table.proposed[rows] == grade).all()


def test_a_look_without_mistakes_proves_that_there_are_few(reviewed, grade):
    standing = reviewed.begin_audit(grade)
    first = standing.photos
    for photo in first:
        reviewed.accept([photo])
    proved = reviewed.audit(grade)
    assert proved.certificate.looked_at == len(first)
    assert proved.certificate.at_most_wrong < standing.audit.population - len(first)
    assert not set(proved.photos) & set(first)
    assert wall(reviewed, grade).is_audited
    assert wall(reviewed, grade).at_most_wrong == proved.certificate.at_most_still_wrong


def test_what_is_not_its_grade_is_wrong(reviewed, grade):
    first = reviewed.begin_audit(grade).photos
    for photo in first:
        reviewed.grade([photo], Grade(grade % 5 + 1))
    assert reviewed.audit(grade).certificate.found_wrong == len(first)


def test_answers_count_in_the_order_drawn(reviewed, grade):
    first = reviewed.begin_audit(grade).photos
    reviewed.accept([first[1]])
    assert reviewed.audit(grade).certificate.looked_at == 0
    assert reviewed.audit(grade).photos == (first[0], *first[2:])
    reviewed.accept([first[0]])
    assert reviewed.audit(grade).certificate.looked_at == 2


def test_undone_answers_count_no_longer(reviewed, grade):
    first = reviewed.begin_audit(grade).photos
    reviewed.accept([first[0]])
    reviewed.undo()
    assert reviewed.audit(grade).certificate.looked_at == 0


def test_accepting_the_rest_unseen_is_no_answer(reviewed, grade):
    standing = reviewed.begin_audit(grade)
    reviewed.accept(reviewed.table.ids, ActKind.ACCEPT_REST)
    after = reviewed.audit(grade)
    assert (after.certificate.looked_at, after.photos) == (0, ())
    assert wall(reviewed, grade).to_look_at == 0
    assert standing.stands


def test_it_is_void_once_grades_are_proposed_anew(reviewed, grade, config, finish):
    reviewed.begin_audit(grade)
    finish(reviewed.train(config, "mine"))
    assert reviewed.audit(grade).stands  # the old proposals hang there still
    finish(reviewed.propose())
    reviewed.refresh()
    assert not reviewed.audit(grade).stands
    assert wall(reviewed, grade).audit is None
    assert reviewed.begin_audit(grade).audit.number == 2


def test_nobody_draws_again_until_the_sample_pleases(reviewed, grade):
    reviewed.begin_audit(grade)
    with pytest.raises(InputError, match="under way"):
        reviewed.begin_audit(grade)


def test_without_proposals_there_is_nothing_to_audit(session):
    with pytest.raises(InputError, match="nothing to audit"):
        session.begin_audit(Grade.GOOD)


def test_every_audit_draws_anew_and_a_seed_the_same(reviewed, grade, config, finish):
    def propose_anew():
        finish(reviewed.train(config, "mine"))
        finish(reviewed.propose())
        reviewed.refresh()

    first = reviewed.begin_audit(grade, seed=7).audit.photo_ids
    propose_anew()
    assert reviewed.begin_audit(grade, seed=7).audit.photo_ids == first
    propose_anew()
    assert reviewed.begin_audit(grade).audit.photo_ids != first


def test_accepting_the_rest_says_what_it_signs(reviewed, grade):
    unproved = reviewed.signing(grade)
    assert (unproved.photos, unproved.at_most_wrong) == (wall(reviewed, grade).proposals, None)
    assert 0 < unproved.expected_overlooked < unproved.expected_wrong < unproved.photos
    for photo in reviewed.begin_audit(grade).photos:
        reviewed.accept([photo])
    proved = reviewed.signing(grade)
    assert proved.at_most_wrong < proved.photos < unproved.photos
    assert proved.confidence == 0.95


@pytest.mark.parametrize("audited", [False, True])
def test_what_was_signed_stays_as_wrong_as_it_was(reviewed, grade, audited):
    for photo in reviewed.begin_audit(grade).photos if audited else ():
        reviewed.accept([photo])
    signed, before = reviewed.signing(grade), reviewed.status().effort
    reviewed.accept(reviewed.table.ids, ActKind.ACCEPT_REST)
    assert reviewed.status().effort.exact_now == pytest.approx(before.exact_now)
    after = wall(reviewed, grade)
    assert after.in_bulk == signed.photos
    assert after.expected_wrong_in_bulk == pytest.approx(signed.expected_wrong)
    assert after.expected_overlooked == pytest.approx(signed.expected_overlooked)


def test_while_it_stands_nothing_is_proposed_unasked(reviewed, grade, finish):
    assert not reviewed.is_auditing
    standing = reviewed.begin_audit(grade)
    assert reviewed.is_auditing
    for unasked in (reviewed.refit, lambda: reviewed.propose(only_new=True)):
        with pytest.raises(InputError, match=f"the wall of grade {grade} would be void"):
            finish(unasked())
    assert reviewed.audit(grade) == standing


def test_a_wall_that_is_done_keeps_its_proof_too(reviewed, grade):
    reviewed.begin_audit(grade)
    reviewed.accept(reviewed.audit(grade).photos)
    reviewed.accept(reviewed.table.ids, ActKind.ACCEPT_REST)
    assert not reviewed.status().certificates[grade - 1].proposals
    with pytest.raises(InputError, match="would be void"):
        reviewed.refit()


def test_a_training_that_was_asked_for_ends_it(reviewed, grade, config, finish):
    reviewed.begin_audit(grade)
    finish(reviewed.train(config, "mine"))
    finish(reviewed.propose())
    reviewed.refresh()
    assert not reviewed.is_auditing
    assert finish(reviewed.refit()).proposed


def test_it_is_drawn_from_what_a_job_has_just_proposed(reviewed, grade, finish):
    hanging = reviewed.table.ungraded & (reviewed.table.proposed == grade)
    moved = reviewed.table.ids[np.flatnonzero(hanging)[0]]
    elsewhere = np.eye(5)[[grade % 5]]
    reviewed._store.save_proposals(reviewed.model.number, [moved], elsewhere)
    audit = reviewed.begin_audit(grade).audit
    assert moved not in audit.photo_ids
    assert audit.population == np.count_nonzero(hanging) - 1


def test_to_propose_the_same_again_leaves_it_standing(reviewed, grade, finish):
    standing = reviewed.begin_audit(grade)
    assert finish(reviewed.propose()).proposed == 0
    reviewed.refresh()
    assert reviewed.audit(grade) == standing
    for photo in standing.photos[:5]:
        reviewed.accept([photo])
    assert finish(reviewed.propose()).proposed == 0
    assert reviewed.audit(grade).stands


def test_the_wall_expects_what_the_audit_lets_expect(reviewed, grade):
    before = reviewed.status().walls[grade - 1].expected_wrong
    for photo in reviewed.begin_audit(grade).photos:
        reviewed.accept([photo])
    now = reviewed.status()
    told = now.certificates[grade - 1].expected_wrong
    assert now.walls[grade - 1].expected_wrong == pytest.approx(told)
    assert reviewed.signing(grade).expected_wrong == pytest.approx(told)
    assert told < before
