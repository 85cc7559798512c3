from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.dates import short_date
from ...tools.passage import has_passage
from .substitute_choice import DaysOfTeachers

DEPUTY = "school_ejournal.group_deputy"
# A teacher who has lessons of one's own at that hour may take these on beside them.
BESIDE_OWN_LESSON = ("subgroups", "joined")


class EjournalLesson(models.Model):
    """Who gives a lesson whose teacher is absent.

    The substitute stands on the lesson, so that all rights begin and end with it. Who
    may name one, until when and for whom is judged in ``ejournal_lesson_schedule.py``;
    here are the acts of a day: the same subject, another one instead, supervision, both
    subgroups, joined classes, and taking it back.
    """

    _inherit = "ejournal.lesson"

    replaced_by_ids = fields.One2many(
        "ejournal.lesson", "replaces_id", string="Given instead"
    )

    _kind_of_substitute = models.Constraint(
        "CHECK(substitution_kind IS NULL OR substitute_id IS NOT NULL)",
        "Name the substitute together with what is done in the lesson.",
    )

    # ---- doors -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lessons = super().create(vals_list)
        lessons.filtered("replaces_id")._judge_replacing()
        return lessons

    def write(self, vals):
        if "replaces_id" in vals and not has_passage(self.env):
            self.filtered("replaces_id")._judge_replacing()
        if "substitute_id" in vals and not vals["substitute_id"]:
            vals = {**vals, "substitution_kind": False}
        result = super().write(vals)
        if vals.get("replaces_id"):
            self._judge_replacing()
        return result

    def _judge_replacing(self):
        """A lesson given instead of another's is a substitution like the others: it
        counts on the sheet of replaced hours."""
        if has_passage(self.env):
            return
        for lesson in self:
            missed = lesson.sudo().replaces_id
            if self.env.user in lesson.entrant_id | missed.teacher_id:
                raise self._own_substitution_refusal()
            if not self.env.user.has_group(DEPUTY):
                raise AccessError(
                    self.env._("A lesson instead of another is entered by the deputy.")
                )
            if not missed.journal_id.class_ids & lesson.sudo().journal_id.class_ids:
                raise UserError(
                    self.env._("Both lessons belong to the same class. Choose another.")
                )
            if (missed.date, missed.state) != (lesson.date, "cancelled"):
                raise UserError(
                    self.env._(
                        "Only a cancelled lesson of the same day has another one in its "
                        "place."
                    )
                )
            lesson._refuse_late_substitute(lesson.substitute_reason)

    def _own_substitution_refusal(self):
        return AccessError(
            self.env._(
                "Nobody decides on a substitution of one's own: another deputy "
                "director or the director does it."
            )
        )

    # ---- acts --------------------------------------------------------------------------

    def assign_substitute(
        self, kind, user_id, reason=None, marker_id=None, order_ref=None
    ):
        """Name who gives these lessons instead of their teacher.

        :param kind: subject, subgroups, joined or supervision
        :param user_id: id of the substitute
        :param reason: why it is recorded after the lesson has closed
        :param marker_id: id of who marks the announced control works of these lessons;
            left as it is when not given
        :param order_ref: number of the order, needed when a lesson has entries
        :raises AccessError: not a deputy director, or oneself is concerned
        :raises UserError: the substitute is absent or has a lesson at that hour
        """
        self.check_access("write")
        if kind not in dict(self._fields["substitution_kind"].selection):
            raise UserError(self.env._("Choose what is done in the lesson."))
        user = self.env["res.users"].browse(user_id).exists()
        self._refuse_unless_names_substitutes(user)
        for lesson in self:
            if lesson.state == "cancelled":
                raise UserError(
                    self.env._(
                        "%(lesson)s is cancelled: take that back first.",
                        lesson=lesson.display_name,
                    )
                )
        self._refuse_unfit_substitute(user, kind)
        vals = {
            "substitute_id": user.id,
            "substitution_kind": kind,
            "order_ref": order_ref,
        }
        if reason:
            vals["substitute_reason"] = reason
        self.write(vals)
        if marker_id:
            self._name_marker(marker_id)
        return True

    def take_back_substitute(self, order_ref=None):
        """The lessons are their teacher's again; what was given instead goes.

        :param order_ref: number of the order, needed when a lesson has entries
        :raises UserError: something was entered already: then by order only
        """
        self.check_access("write")
        self._refuse_unless_names_substitutes(self.env["res.users"])
        substituted = self.filtered("substitute_id")
        if substituted:
            substituted.write(
                {
                    "substitute_id": False,
                    "substitution_kind": False,
                    "order_ref": order_ref,
                }
            )
        for lesson in self.filtered(lambda x: x.state == "cancelled"):
            for other in lesson.replaced_by_ids:
                if self.env.user in lesson.teacher_id | other.entrant_id:
                    raise self._own_substitution_refusal()
                other._take_away()
            lesson.action_restore(order_ref)
        return True

    def teach_instead(self, journal_id, user_id=None, reason=None):
        """Another subject is taught at this hour: it goes to that subject's journal and
        plan; this lesson is cancelled and lags behind its own.

        :param journal_id: id of the journal that the lesson goes to
        :param user_id: id of who gives it, when not that journal's own teacher
        :param reason: why it is recorded after the lesson has closed
        :returns: id of the new lesson
        :raises AccessError: not a deputy director, or oneself is concerned
        """
        self.ensure_one()
        self.check_access("write")
        self._judge_schedule({"state"})
        journal = self.env["ejournal.journal"].browse(journal_id).exists()
        if not journal or journal == self.journal_id:
            raise UserError(self.env._("Choose the subject that is taught instead."))
        teacher_id = journal.sudo()._main_teacher_on(self.date).id
        user = self.env["res.users"].browse(user_id or teacher_id)
        self._refuse_unfit_substitute(user, "subject")
        self.action_cancel(
            self.env._("Instead: %(journal)s", journal=journal.sudo().subject_id.name)
        )
        vals = {
            "journal_id": journal.id,
            "date": self.date,
            "number": self.number,
            "replaces_id": self.id,
            "substitute_reason": reason or False,
        }
        if user.id != teacher_id:
            vals |= {"substitute_id": user.id, "substitution_kind": "subject"}
        return self.create(vals).id

    def _refuse_unless_names_substitutes(self, user):
        """The right comes before all that could speak of the lessons."""
        self._judge_schedule({"substitute_id"})
        if not self.env.user.has_group(DEPUTY):
            self._refuse_beside_deputies(user.id)

    def _take_away(self):
        """A lesson that was entered to be given instead goes again: deleted while it is
        blank, else cancelled."""
        self.ensure_one()
        if self._filter_having_entries() or self._prepared_ids():
            self.action_cancel(self.env._("Not given after all"))
        else:
            self.unlink()

    def _name_marker(self, marker_id):
        """The named marker of the control works that the substitute holds."""
        # sudo: which columns of these lessons are control works is no secret to the deputy
        controls = self.sudo().work_ids.filtered(
            lambda work: work.type_id.is_control and not work.struck_out
        )
        controls.with_env(self.env).write({"marker_id": marker_id})

    # ---- who can -----------------------------------------------------------------------

    def _refuse_unfit_substitute(self, user, kind):
        """Not a teacher of this school, absent, or giving another lesson at that hour."""
        for days, lessons in self._days_of_teachers():
            if user.id not in days.names:
                raise UserError(
                    self.env._("A substitute is a teacher of this school. Choose one.")
                )
            for lesson in lessons:
                if days.is_absent(user.id, lesson.date):
                    raise UserError(
                        self.env._(
                            "%(teacher)s is absent on %(date)s. Choose another one.",
                            teacher=user.name,
                            date=short_date(lesson.date),
                        )
                    )
                other = days.busy_with(user.id, lesson.id)
                if other and kind not in BESIDE_OWN_LESSON:
                    raise UserError(
                        self.env._(
                            "%(teacher)s has lesson %(number)s of %(journal)s at that "
                            "hour. Choose another one, or “Classes joined”.",
                            teacher=user.name,
                            number=other.number,
                            journal=other.journal,
                        )
                    )

    def _at_which_free(self, user):
        """Those of these lessons at whose hour a teacher is there and free."""
        free = self.browse()
        for days, lessons in self._days_of_teachers():
            if user.id in days.names:
                free |= lessons.filtered(
                    lambda x, days=days: (
                        not days.is_absent(user.id, x.date)
                        and not days.busy_with(user.id, x.id)
                    )
                )
        return free

    def _days_of_teachers(self):
        """``[(DaysOfTeachers, lessons)]``, one a school."""
        return [
            (DaysOfTeachers(self.env, company, set(lessons.mapped("date"))), lessons)
            for company, lessons in self.grouped("company_id").items()
        ]

    def _next_topics(self):
        """Who only looks after the pupils teaches no topic."""
        taught = self.filtered(lambda x: x.substitution_kind != "supervision")
        return super(EjournalLesson, taught)._next_topics()


class EjournalSettings(models.Model):
    """What counts as filled where the pupils were only looked after."""

    _inherit = "ejournal.settings"

    def _missing(self, lesson):
        missing = super()._missing(lesson)
        if lesson.substitution_kind == "supervision":
            return [part for part in missing if part == "attendance"]
        return missing
