"""What a parent does. Each route checks the child; each form carries a mark of ours."""

import json

from odoo import fields, http
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request

from .diary import as_caller, children, is_pupil, own_child
from .more import More
from .page import parent_page, render


class Acts(http.Controller):
    @parent_page("/my/diary/<int:pupil_id>/read", auth="user", methods=["POST"])
    def confirm_week(self, pupil_id, week=None, **_kwargs):
        child = own_child(pupil_id)
        day = _date(week) or child.company_id._ejournal_today()
        as_caller(child)._confirm_week(day)
        return request.redirect(f"/my/diary/{child.id}?week={day}", code=303)

    @parent_page(
        "/my/diary/<int:pupil_id>/excuse", auth="user", methods=["GET", "POST"]
    )
    def excuse(self, pupil_id, **values):
        child = own_child(pupil_id)
        as_caller(child)._diary_parent()
        error = ""
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    as_caller(child)._request_excuse(_asked(values), _file(values))
                return request.redirect(
                    f"/my/diary/{child.id}/excuse?said=sent", code=303
                )
            except UserError as refused:
                error = refused.args[0]
        sent = values.get("said") == "sent"
        return render(
            "excuse_page",
            tab="excuse",
            child=child,
            children=children(),
            requests=as_caller(child)._diary_requests(),
            today=child.company_id._ejournal_today(),
            error=error,
            values=values,
            said=request.env._("Sent. The class teacher answers here.") if sent else "",
        )

    @parent_page("/my/diary/<int:pupil_id>/copy", auth="user", readonly=True)
    def take_copy(self, pupil_id, kind="pdf", **_kwargs):
        """All that the school keeps of the child, to take home."""
        child = as_caller(own_child(pupil_id))
        if kind == "json":
            body = json.dumps(child._diary_copy(), ensure_ascii=False, indent=1)
            mimetype = "application/json; charset=utf-8"
        else:
            kind, body, mimetype = "pdf", child._diary_copy_pdf(), "application/pdf"
        return request.make_response(
            body,
            headers=[
                ("Content-Type", mimetype),
                ("Content-Disposition", f'attachment; filename="diary.{kind}"'),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )


class Choices(More):
    def _own_parents(self):
        # sudo: the caller's own rows, one a school
        parents = request.env["ejournal.parent"].sudo()
        return parents.search([("user_id", "=", request.env.uid)])

    def _more_values(self):
        own = self._own_parents()
        return {
            "parents": own,
            "parent": own[:1],
            "can_act": {pupil.id: not is_pupil(pupil) for pupil in children()},
        }

    @parent_page("/my/diary/choices", auth="user", methods=["POST"])
    def choices(self, **values):
        """What is told, and when not."""
        self._own_parents().write(
            {
                "inform_absence": bool(values.get("inform_absence")),
                "inform_digest": bool(values.get("inform_digest")),
                "quiet_from": _number(values.get("quiet_from"), 23),
                "quiet_to": _number(values.get("quiet_to"), 23),
            }
        )
        return request.redirect("/my/diary/more?said=choices", code=303)

    @parent_page("/my/diary/contacts", auth="user", methods=["POST"])
    def contacts(self, phone="", email="", password="", **_kwargs):
        """Once a year: the own telephone and address. Whoever changes the address could
        ask for a new password there, so the present one is asked."""
        user = request.env.user
        try:
            credential = {"login": user.login, "password": password, "type": "password"}
            user._check_credentials(credential, {"interactive": True})
            with request.env.cr.savepoint():
                for parent in self._own_parents():
                    parent.write(
                        {
                            "phone": phone[:40],
                            "email": email[:120],
                            "contacts_confirmed_on": parent.company_id._ejournal_today(),
                        }
                    )
                    parent.flush_recordset()
        except AccessDenied:
            return self._more_page(
                error=request.env._("The password is wrong; nothing was changed.")
            )
        except UserError as refused:
            return self._more_page(error=refused.args[0])
        return request.redirect("/my/diary/more?said=contacts", code=303)


def _asked(values):
    return {
        "date_start": _date(values.get("date_start")),
        "date_end": _date(values.get("date_end")),
        "number_from": _number(values.get("number_from"), 20),
        "number_to": _number(values.get("number_to"), 20),
        "reason": values.get("reason"),
        "note": values.get("note"),
    }


def _file(values):
    file = values.get("file")
    return (file.filename, file.read()) if hasattr(file, "read") else None


def _date(text):
    try:
        return fields.Date.to_date(text) if text else None
    except ValueError as error:
        raise UserError(request.env._("This is no date. Choose a day.")) from error


def _number(text, most):
    """A small number; what is none counts as nothing chosen."""
    text = (text or "").strip()
    return min(int(text), most) if text.isdecimal() and len(text) < 4 else 0
