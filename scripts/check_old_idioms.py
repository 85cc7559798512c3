"""Find what Odoo 19 ignores or refuses and no linter flags, in the addons named."""

import re
import sys
from pathlib import Path

PYTHON, XML, ANY = (".py",), (".xml",), (".py", ".xml")
# pattern, in which files, what to write instead
OLD = (
    (r"\b_sql_constraints\b", PYTHON, "models.Constraint: the list is ignored"),
    (r"\bself\._(cr|uid|context)\b", PYTHON, "self.env.cr, .uid, .context"),
    (r"\bodoo\.osv\b", PYTHON, "odoo.fields.Domain"),
    (
        r"\bdef (name_get|_name_search)\b",
        PYTHON,
        "_compute_display_name, _search_display_name: never called",
    ),
    (r"\.read_group\(", PYTHON, "_read_group or formatted_read_group"),
    (
        r"\.(check_access_rights|check_access_rule|toggle_active|_notify_progress)\(",
        PYTHON,
        "see Odoo 19's models.py",
    ),
    (r"\blazy_property\b", PYTHON, "functools.cached_property"),
    (r"type=['\"]json['\"]", PYTHON, "type='jsonrpc'"),
    (r"['\"]?\b(numbercall|doall)\b", ANY, "nothing: ir.cron has no such field"),
    (r"\bgroups_id\b", ANY, "group_ids"),
    (r"</?tree\b|view_mode['\"]>[^<]*\btree\b", XML, "<list>"),
    (r"\bkanban-box\b", XML, 't-name="card"'),
    (r"\bt-(esc|raw)=", XML, "t-out"),
    (r"\b(attrs|states)=", XML, "invisible=, readonly=, required= with an expression"),
    (r"<group\b[^>]*\bexpand=", XML, "a bare <group> in search views"),
    (
        r"<(td|th|tr|tbody|thead|li|ul|ol)\b[^>]*\bt-field=",
        XML,
        "t-field on a <span> inside",
    ),
    (
        r"<field name=['\"]domain_force['\"]>.*(\btime\.|context_today)",
        XML,
        "dynamic dates: 'today -7d'",
    ),
    (
        r"model=['\"]res\.groups['\"][\s\S]{0,400}?name=['\"]category_id['\"]",
        XML,
        "privilege_id",
    ),
)


def findings(path):
    """Yield 'file:line: found, write …' for each old idiom in the file."""
    text = path.read_text(encoding="utf-8")
    for pattern, suffixes, instead in OLD:
        if path.suffix in suffixes:
            for match in re.finditer(pattern, text):
                line = text.count("\n", 0, match.start()) + 1
                found = match.group().splitlines()[0].strip()
                yield f"{path}:{line}: '{found}'; write {instead}"


if __name__ == "__main__":
    files = [path for addon in sys.argv[1:] for path in sorted(Path(addon).rglob("*"))]
    found = [line for path in files if path.suffix in ANY for line in findings(path)]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.exit(bool(found))
