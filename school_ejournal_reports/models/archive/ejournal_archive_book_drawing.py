import base64
import hashlib
import json
import logging
import secrets

from odoo import api, fields, models, release
from odoo.exceptions import UserError
from odoo.modules.module import get_manifest
from odoo.tools.translate import LazyTranslate

from odoo.addons.school_ejournal.tools import printing
from odoo.addons.school_ejournal.tools.passage import with_passage
from odoo.addons.school_ejournal.tools.two_languages import words

from ...tools import book_check, book_layout, book_svg, snapshot
from ...tools.codes import codes
from .collector import Collector

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)
TEMPLATE = "school_ejournal_reports.archive_book"


class EjournalArchiveBook(models.Model):
    """Snapshot first, then the pages from it, then the machine checks them."""

    _inherit = "ejournal.archive.book"

    # ---- in the background -----------------------------------------------------------

    @api.model
    def _cron_draw(self):
        """Draw the books that wait, one a commit: what is done survives a restart, and a
        class that fails stops no other."""
        cron = self.env["ir.cron"]
        waiting = self.search([("state", "=", "waiting"), ("replaced", "=", False)])
        cron._commit_progress(remaining=len(waiting))
        for book in waiting:
            free = book.try_lock_for_update().filtered(lambda b: b.state == "waiting")
            if free:
                free._draw_or_say()
            if not cron._commit_progress(1):
                break
        for archive in waiting.archive_id:
            archive._after_drawing()
        cron._commit_progress(0)

    def _draw_or_say(self):
        """Draw one book; whatever goes wrong is kept with it."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._draw()
        except Exception as error:
            _logger.warning("The book of %s: %s", self.class_name, error, exc_info=True)
            said = str(error) or type(error).__name__
            with_passage(self, "duty").write({"state": "failed", "error": said})

    def _draw(self):
        """Freeze and draw."""
        self._freeze()
        if self.archive_id.on_paper:
            self._draw_pages()
        with_passage(self, "duty").write({"state": "ready", "error": False})

    # ---- snapshot --------------------------------------------------------------------

    def _freeze(self):
        """Make the snapshot and its digests."""
        book = self._make_book()
        digests = snapshot.sheet_digests(book)
        raw = snapshot.canonical(book)
        writable = with_passage(self, "duty")
        writable.write(
            {
                "document": book["head"]["document"],
                "snapshot": base64.b64encode(raw),
                "digest": snapshot.book_digest(book, digests),
                "previous_digest": book["head"]["previous"],
                "page_count": len(digests),
            }
        )
        sheets = with_passage(self.env["ejournal.archive.sheet"], "duty")
        sheets.create(
            [
                {
                    "book_id": self.id,
                    "number": number,
                    "kind": kind,
                    "title": _sheet_title(leaf),
                    "digest": value,
                    "codes": json.dumps(codes(leaf), ensure_ascii=False),
                }
                for (number, kind, value), leaf in zip(
                    digests, book["sheets"], strict=True
                )
            ]
        )

    def _make_book(self):
        """The book of what stands in the database now."""
        collector = Collector(self.class_id, self.archive_id)
        head = self._head(collector)
        sheets = collector.sheets()
        leaves = snapshot.make_book(head, sheets)
        closing = {
            "sheets": len(sheets) + 1,
            "digests": snapshot.sheet_digests(leaves),
            "class_teacher": self.class_id.class_teacher_id.name or "",
            "class": self.class_name,
        }
        return snapshot.make_book(head, [*sheets, {"kind": "closing", "data": closing}])

    def _head(self, collector):
        school = self.company_id
        seal = self.env["ejournal.seal"].search(
            [("company_id", "=", school.id)], limit=1
        )
        before = self._before()
        moment = school._ejournal_local(fields.Datetime.now())
        archive = self.archive_id
        return {
            "document": f"{archive.year_id.date_start.year}-"
            f"{archive.kind[0].upper()}{archive.sequence}-{self.id:05d}",
            "nonce": secrets.token_hex(16),
            "software": f"school_ejournal {_version()}, Odoo {release.version}",
            "school": {"id": school.id, "name": school.name},
            "year": archive.year_id.name,
            "period": {
                "kind": archive.kind,
                "sequence": archive.sequence,
                "first": collector.first.isoformat(),
                "last": collector.last.isoformat(),
            },
            "class": {"id": self.class_id.id, "name": self.class_name},
            "made_at": moment.isoformat(timespec="minutes"),
            "previous": before.digest or snapshot.NO_DIGEST,
            "seal": {
                "digest": seal.digest or snapshot.NO_DIGEST,
                "until": fields.Datetime.to_string(seal.time_to) if seal else "",
            },
        }

    def _before(self):
        """The same class's book of the period before."""
        return self.search(
            [
                ("class_id", "=", self.class_id.id),
                ("archive_id.kind", "=", self.archive_id.kind),
                ("archive_id.sequence", "<", self.archive_id.sequence),
                ("digest", "!=", False),
                ("replaced", "=", False),
            ],
            order="id desc",
            limit=1,
        )

    def _book(self):
        """The snapshot as it was read from its bytes."""
        return snapshot.read_book(self._bytes("snapshot"))

    def _bytes(self, name):
        """What the column holds, past the cache; the size is not asked for."""
        self.ensure_one()
        kept = self.with_context(bin_size=False)
        kept.invalidate_recordset([name])
        return base64.b64decode(kept[name] or b"")

    # ---- pages -----------------------------------------------------------------------

    def _draw_pages(self):
        """Draw from the snapshot; accept the pages when the machine has read them back."""
        book = self._book()
        pdf = self._render(book)
        problem = book_check.first_problem(pdf, book, self._plain_words())
        if problem:
            raise UserError(
                self.env._(
                    "The printed pages do not say what the snapshot says (%(detail)s). "
                    "Nothing was accepted.",
                    detail=problem,
                )
            )
        with_passage(self, "duty").write(
            {
                "pdf": base64.b64encode(pdf),
                "pdf_digest": hashlib.sha256(pdf).hexdigest(),
                "drawn_at": fields.Datetime.now(),
            }
        )

    def _render(self, book):
        """The PDF of a snapshot, of nothing else; the same bytes each time."""
        html = self.env["ir.qweb"]._render(TEMPLATE, self._template_values(book))
        html = str(html)
        try:
            return printing.render([(html, self.digest)])[0]
        except printing.PrintError as error:
            reports = self.env["ir.actions.report"]
            raise UserError(reports._ejournal_print_sentence(error)) from error

    def _template_values(self, book):
        digests = snapshot.sheet_digests(book)
        plain = self._plain_words()
        return {
            "w": words(self.env, self._words()),
            "head": book["head"],
            "book_digest": snapshot.book_digest(book, digests),
            "sheets": [
                {
                    "number": leaf["number"],
                    "kind": leaf["kind"],
                    "data": leaf["data"],
                    "digest": digest,
                    "left": book_layout.left_edge(leaf["number"]),
                    "table": book_svg.drawing(book_layout.layout(leaf, plain)),
                    "qr": book_svg.qr(
                        f"KGJ1:{leaf['document']}:{leaf['number']}:{digest.upper()}",
                        book_layout.left_edge(leaf["number"]),
                        269.5,
                        17.5,
                    ),
                }
                for leaf, (_number, _kind, digest) in zip(
                    book["sheets"], digests, strict=True
                )
            ],
            "printable": printing.printable,
            "width": book_layout.WIDTH,
        }

    @api.model
    def _plain_words(self):
        """``{name: (Kyrgyz, Russian)}`` for the heads of columns."""
        found = words(self.env, self._words())
        return {name: (term.ky, term.ru) for name, term in vars(found).items()}

    @api.model
    def _words(self):
        """Terms of the book."""
        return {
            "journal": _lt("Class journal"),
            "class_": _lt("Class"),
            "school": _lt("School"),
            "year": _lt("Academic year"),
            "quarter": _lt("Quarter"),
            "half": _lt("Half-year"),
            "contents": _lt("Contents"),
            "page": _lt("Sheet"),
            "subject": _lt("Subject"),
            "teacher": _lt("Teacher"),
            "class_teacher": _lt("Class teacher"),
            "deputy": _lt("Deputy director"),
            "director": _lt("Director"),
            "pupils": _lt("Pupils"),
            "full_name": _lt("Last name, first name"),
            "date": _lt("Date"),
            "lesson_no": _lt("Lesson"),
            "topic": _lt("Topic"),
            "classwork": _lt("Work done"),
            "homework": _lt("Homework"),
            "attendance": _lt("Attendance: lessons missed"),
            "missed": _lt("Missed"),
            "excused": _lt("Excused"),
            "unexcused": _lt("Without reason"),
            "late": _lt("Late"),
            "summary": _lt("Summary sheet of marks"),
            "changes": _lt("Entries made late, by permission or changed"),
            "remarks": _lt("Remarks on the filling of the journal"),
            "none": _lt("None."),
            "pupil": _lt("Pupil"),
            "what": _lt("What"),
            "old": _lt("Before"),
            "new": _lt("After"),
            "by": _lt("By"),
            "at": _lt("When"),
            "text": _lt("Text of the remark"),
            "due": _lt("To clear by"),
            "cleared": _lt("Cleared"),
            "marked": _lt(
                "A dark corner: entered late, by permission or changed; see the list"
            ),
            "printed": _lt("Data of"),
            "part": _lt("part %(part)s of %(parts)s"),
            "sheet_of": _lt("Sheet %(number)s of %(count)s"),
            "sheet_digest": _lt("SHA-256 of the sheet"),
            "book_digest": _lt("SHA-256 of the book"),
            "closing": _lt("Numbered, stitched, sealed"),
            "closing_text": _lt(
                "In this journal %(count)s sheets are numbered, stitched and sealed."
            ),
            "digests": _lt("Digests of the sheets"),
            "signature": _lt("Signature"),
            "seal": _lt("Place of the seal"),
            "no_pupils": _lt("There were no pupils in the class in this period."),
            **{f"month_{number}": month for number, month in enumerate(_MONTHS, 1)},
        }


_MONTHS = (
    _lt("January"),
    _lt("February"),
    _lt("March"),
    _lt("April"),
    _lt("May"),
    _lt("June"),
    _lt("July"),
    _lt("August"),
    _lt("September"),
    _lt("October"),
    _lt("November"),
    _lt("December"),
)


def _sheet_title(leaf):
    data = leaf["data"]
    return data.get("subject") or data.get("title") or data.get("class") or ""


def _version():
    return get_manifest("school_ejournal_reports")["version"]
