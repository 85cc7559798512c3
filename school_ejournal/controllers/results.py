from odoo.http import Controller, content_disposition, request, route

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ResultsController(Controller):
    """Workbooks of the results. Who may have them is judged by ``ejournal.results``."""

    @route("/school_ejournal/results.xlsx", type="http", auth="user", readonly=True)
    def results(self, period_id=0, **_kwargs):
        name, data = request.env["ejournal.results"]._results_book(_number(period_id))
        return self._file(name, data)

    @route("/school_ejournal/class_sheet.xlsx", type="http", auth="user", readonly=True)
    def class_sheet(self, period_id=0, class_id=0, **_kwargs):
        name, data = request.env["ejournal.results"]._class_book(
            _number(period_id), _number(class_id)
        )
        return self._file(name, data)

    def _file(self, name, data):
        return request.make_response(
            data,
            [
                ("Content-Type", _XLSX),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )


def _number(text):
    """An id from the address; 0 for whatever is none."""
    return int(text) if str(text).isdigit() else 0
