"""The two loops of control, through the pages that people use.

ask → approve → enter → expire; remark → told → mended → closes by itself.
"""

from datetime import timedelta

from odoo.tests import HttpCase, tagged

from ..page_common import PageCase
