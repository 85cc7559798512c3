"""A made-up school, for trying the journal out and for measuring it.

Nothing here is loaded by the addon: ``make run`` and ``benchmarks/`` import it. All names
are invented; the same seed gives the same school. The entry is
:func:`school.make_school`.
"""
