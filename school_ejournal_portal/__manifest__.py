{
    "name": "School e-journal: e-diary",
    "summary": "Parents' and pupils' e-diary on the portal",
    "version": "19.0.1.0.0",
    "category": "Services/Education",
    "author": "School e-journal contributors",
    "license": "LGPL-3",
    "depends": ["school_ejournal", "portal"],
    "external_dependencies": {"python": ["qrcode"]},
    "data": [
        "security/ir.model.access.csv",
        "security/school_ejournal_portal_rules.xml",
        "views/diary_layout.xml",
        "views/diary_pages.xml",
        "views/visitor_pages.xml",
        "views/slips_print.xml",
        "views/ejournal_access_slip_views.xml",
    ],
}
