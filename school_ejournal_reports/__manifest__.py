{
    "name": "School e-journal: reports and archive",
    "summary": "Printed forms, weekly and monthly reports, quarter archive",
    "version": "19.0.1.0.0",
    "category": "Services/Education",
    "author": "School e-journal contributors",
    "license": "LGPL-3",
    "depends": ["school_ejournal"],
    "external_dependencies": {"python": ["weasyprint", "fonttools"]},
    "data": [
        "security/ir.model.access.csv",
        "security/substitution_rules.xml",
        "report/class_list_report.xml",
        "report/substitution_reports.xml",
    ],
    "pre_init_hook": "pre_init_hook",
}
