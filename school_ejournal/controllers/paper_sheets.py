from odoo import http
from odoo.http import request
from odoo.tools.misc import format_date


class PaperSheets(http.Controller):
    @http.route(
        "/school_ejournal/paper/<string:day>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def paper_sheets(self, day, school="", **_ignored):
        """The sheets of a day as a page to print; the model checks who asks.

        :param day: ``YYYY-MM-DD``
        :param school: anything but empty for all teachers (deputy director)
        """
        Lesson = request.env["ejournal.lesson"]
        values = Lesson._paper_sheets(day, whole_school=bool(school))
        return request.render(
            "school_ejournal.paper_sheets",
            {
                **values,
                "company": request.env.company,
                "day_text": format_date(
                    request.env, values["date"], date_format="EEEE, d MMMM y"
                ),
                "whole_school": bool(school),
                "may_print_school": request.env.user.has_group(
                    "school_ejournal.group_deputy"
                ),
                "settings": request.env.company._ejournal_settings(),
            },
        )
