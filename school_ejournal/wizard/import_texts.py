"""The sentences about faults that the plain readers name by a code.

Each says what is wrong and what to do.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

_TEXTS = {
    # ---- the file as a whole
    "no_workbook": _lt(
        "This is no Excel workbook. Save the list as “Excel workbook (.xlsx)” and choose "
        "that file."
    ),
    "broken_workbook": _lt(
        "The workbook is damaged or protected by a password. Open it in a spreadsheet "
        "program, save it anew as .xlsx without a password and choose that file."
    ),
    "too_large": _lt(
        "The file is larger than %(limit)s MB. Split it and import the parts."
    ),
    "too_large_unpacked": _lt(
        "Unpacked, the file would be larger than %(limit)s MB. Copy the list into a new "
        "workbook and choose that file."
    ),
    "too_many_rows": _lt(
        "The file has more than %(limit)s rows. Split it and import the parts."
    ),
    "document_type": _lt(
        "The file brings a document type of its own, which a list never needs. It was not "
        "read. Copy the list into a new workbook, or export the timetable anew."
    ),
    "broken_xml": _lt(
        "The XML breaks off or is damaged near line %(line)s. Export the timetable anew: "
        "in aSc Timetables, File › Export › aSc Timetables XML."
    ),
    "no_timetable": _lt(
        "This is no timetable of aSc Timetables. Export it there: File › Export › aSc "
        "Timetables XML."
    ),
    "empty_list": _lt(
        "The workbook is empty. Fill in the list and choose the file again."
    ),
    "no_header": _lt(
        "No row of headers was found. Take the template: its first row names the columns."
    ),
    "columns_missing": _lt(
        "The sheet “%(sheet)s” lacks the column: %(value)s. Add it, or take the template."
    ),
    "columns_twice": _lt(
        "The sheet “%(sheet)s” has two columns of the same meaning: %(value)s. Delete one."
    ),
    "year_over": _lt(
        "The academic year %(value)s is over or closed. Choose another one, or leave the "
        "year empty."
    ),
    # ---- a cell
    "formula": _lt(
        "“%(value)s” is a formula or looks like one; formulas are never taken. Type the "
        "value itself."
    ),
    "cell_error": _lt(
        "The cell shows the error %(value)s of the spreadsheet. Type the value itself."
    ),
    "not_text": _lt(
        "“%(value)s” is neither text nor a date nor a number. Type it as text."
    ),
    "too_long": _lt(
        "“%(value)s” is longer than %(limit)s characters. Check whether cells ran together."
    ),
    "not_a_name": _lt("“%(value)s” is no name. Check the column."),
    "one_word_name": _lt("“%(value)s”: give last name and first name, in this order."),
    "no_date": _lt("“%(value)s” is no date. Write it as 31.12.2015."),
    "impossible_date": _lt(
        "There is no day %(value)s. Check the date with the documents."
    ),
    "no_gender": _lt(
        "“%(value)s” says no gender. Write “ж” or “м”, or leave the cell empty."
    ),
    "no_relation": _lt("“%(value)s” is not known as a relation."),
    "no_pin": _lt("“%(value)s” is no personal number. Write its digits only."),
    "no_phone": _lt(
        "“%(value)s” is no phone number. Write digits, or leave the cell empty."
    ),
    "no_email": _lt(
        "“%(value)s” is no e-mail address. Correct it or leave the cell empty."
    ),
    # ---- a row
    "missing_class": _lt("The class is missing. Fill it in."),
    "missing_last_name": _lt("The last name is missing. Fill it in."),
    "missing_first_name": _lt("The first name is missing. Fill it in."),
    "missing_parent": _lt(
        "There is “%(value)s” of a parent without a name. Give the name, or empty the cell."
    ),
    "future_birth": _lt(
        "The date of birth %(value)s lies in the future. Check the year."
    ),
    "parent_twice": _lt("%(value)s stands twice in the row as a parent. Leave one."),
    "unknown_class": _lt(
        "There is no class “%(value)s”. Correct it (grade 1 to 12 and a letter, as 7-А), or "
        "add the class first."
    ),
    "same_row": _lt("The row repeats line %(line)s. Delete one of the two."),
    "pin_twice": _lt(
        "The personal number %(value)s also stands in line %(line)s (%(other)s). Correct "
        "one of the two."
    ),
    "person_twice": _lt(
        "This is the same person as in line %(line)s. Delete one of the two rows, or give "
        "both their personal numbers."
    ),
    "pin_of_other": _lt(
        "The personal number %(value)s belongs to %(other)s. Check the number with the "
        "documents."
    ),
    "two_candidates": _lt(
        "There are several pupils of this name who could be meant (%(other)s). Give the "
        "personal number."
    ),
    "login_of_parent": _lt(
        "The login %(value)s belongs to an account for parents and pupils. A teacher gets "
        "an account of the staff: give another e-mail address."
    ),
    "login_taken": _lt(
        "The login %(value)s is taken. Ask the administrator to add that account to this "
        "school, or give another e-mail address."
    ),
    "login_archived": _lt(
        "The account %(value)s is archived. Ask the administrator to restore it, or give "
        "another e-mail address."
    ),
    "email_twice": _lt(
        "The e-mail address %(value)s also stands in line %(line)s. Each account has its "
        "own."
    ),
    # ---- a plan
    "no_journal": _lt("Choose the journal that the plan is for."),
    "missing_topic": _lt("The topic is missing. Fill it in, or delete the row."),
    "no_hours": _lt("“%(value)s” is no number of lessons. Write 0 to 200."),
    "two_teachers": _lt(
        "There are several teachers of this name (%(other)s). Give the e-mail address."
    ),
}


def fault_text(env, code, details):
    """The sentence about a fault, in the reader's language."""
    text = env._(_TEXTS[code])
    return text % details
