{
    "name": "School e-journal: e-diary",
    "summary": "Parents' and pupils' e-diary on the portal",
    "version": "19.0.1.0.0",
    "category": "Services/Education",
    "author": "School e-journal contributors",
    "license": "LGPL-3",
    "depends": ["school_ejournal", "portal"],
}
