from . import ejournal_slip_make
