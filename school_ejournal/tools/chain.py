"""The hash chain over the change record, as plain functions.

Canonical form, version 1: each row is a JSON array of its fields in ``ROW_FIELDS``
order, UTF-8, no spaces, one row a line in the order of ids. The digest of a lesson in a
seal is the SHA-256 of its lines; rows without a lesson stand under lesson 0. A seal's
own digest is the SHA-256 of the previous digest and the canonical seal head, which holds
the digests of its lessons. So a changed, removed or added row breaks the digest of its
lesson, and changing that breaks every later seal.
"""

import hashlib
import json
from itertools import groupby

VERSION = 1
ROW_FIELDS = (
    "id",
    "model_name",
    "res_id",
    "field_name",
    "old_value",
    "new_value",
    "lesson_id",
    "journal_id",
    "pupil_id",
    "user_id",
    "entered_at",
    "basis",
    "basis_id",
)
NO_DIGEST = "0" * 64


def canonical(value):
    """JSON that is the same on every machine and in every year."""
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()


def lesson_digests(rows):
    """Digest of each lesson's rows.

    :param rows: dicts with ``ROW_FIELDS``; ``entered_at`` as ISO text
    :returns: list of ``[lesson id or 0, number of rows, digest]``, by lesson id
    """

    def lesson(row):
        return row["lesson_id"] or 0

    result = []
    ordered = sorted(rows, key=_by_lesson)
    for lesson_id, group in groupby(ordered, key=lesson):  # pylint: disable=bad-builtin-groupby
        digest, count = hashlib.sha256(), 0
        for row in group:
            digest.update(canonical([row[name] for name in ROW_FIELDS]) + b"\n")
            count += 1
        result.append([lesson_id, count, digest.hexdigest()])
    return result


def _by_lesson(row):
    return (row["lesson_id"] or 0, row["id"])


def seal_digest(previous_digest, head):
    """Digest of a seal: chained to the one before.

    :param head: dict of what the seal says, JSON values only
    """
    return hashlib.sha256(
        previous_digest.encode() + canonical({"version": VERSION, **head})
    ).hexdigest()
