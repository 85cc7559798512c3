{
    "name": "School e-journal",
    "summary": "Class journal: marks, attendance, topics, the day lock",
    "version": "19.0.1.0.0",
    "category": "Services/Education",
    "author": "School e-journal contributors",
    "license": "LGPL-3",
    "depends": ["base_setup", "mail", "bus"],
    "data": [],
}
