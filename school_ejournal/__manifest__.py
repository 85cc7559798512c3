{
    "name": "School e-journal",
    "summary": "Class journal: marks, attendance, topics, the day lock",
    "version": "19.0.1.0.0",
    "category": "Services/Education",
    "author": "School e-journal contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["base_setup", "mail", "bus"],
    "external_dependencies": {"python": ["lxml", "openpyxl"]},
    "data": [
        "security/school_ejournal_groups.xml",
        "security/ir.model.access.csv",
        "security/school_ejournal_rules.xml",
        "data/res_lang_data.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
