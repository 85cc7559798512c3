"""The database's own guard of tables whose rows are never changed or deleted.

It stops whoever reaches the rows past our models: SQL by hand, another addon, a mistake.
The superuser of the database can switch it off; that is what the digests are for. An
upgrade that must write into such a table disables the trigger in its migration script.
"""

from odoo.tools import SQL

_FUNCTION = """
CREATE OR REPLACE FUNCTION %(function)s() RETURNS trigger AS $guard$
BEGIN
    -- one in the other: a statement's trigger knows neither OLD nor NEW
    IF TG_OP = 'UPDATE' THEN
        IF %(update)s THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF %(delete)s THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'school_ejournal: rows of %% are kept as they are', TG_TABLE_NAME;
END
$guard$ LANGUAGE plpgsql
"""


def guard(cr, table, update="false", delete="false"):
    """Set the guard on a table, anew at each installation and upgrade.

    :param table: name of the table
    :param update: SQL condition over ``OLD`` and ``NEW`` under which a row may change
    :param delete: SQL condition over ``OLD`` under which a row may be deleted
    """
    names = {
        "function": SQL.identifier(f"{table}_guard"),
        "table": SQL.identifier(table),
        "row": SQL.identifier(f"{table}_guard_row"),
        "all": SQL.identifier(f"{table}_guard_all"),
        "update": SQL(update.replace("%", "%%")),
        "delete": SQL(delete.replace("%", "%%")),
    }
    for statement in (
        _FUNCTION,
        "DROP TRIGGER IF EXISTS %(row)s ON %(table)s",
        "DROP TRIGGER IF EXISTS %(all)s ON %(table)s",
        "CREATE TRIGGER %(row)s BEFORE UPDATE OR DELETE ON %(table)s "
        "FOR EACH ROW EXECUTE FUNCTION %(function)s()",
        "CREATE TRIGGER %(all)s BEFORE TRUNCATE ON %(table)s "
        "FOR EACH STATEMENT EXECUTE FUNCTION %(function)s()",
    ):
        used = {
            name: part for name, part in names.items() if f"%({name})s" in statement
        }
        cr.execute(SQL(statement, **used))


def unguard(cr, table):
    """Take the guard off: the addon is being removed."""
    function = SQL.identifier(f"{table}_guard")
    cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", function))
