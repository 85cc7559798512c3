from . import ejournal_outage
from . import ejournal_health
