"""Exit with 0 when a server may listen on HOST PORT."""

import socket
import sys

with socket.socket() as listener:
    # As Odoo's server does: a port that was closed a moment ago is free.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((sys.argv[1], int(sys.argv[2])))
    except OSError:
        sys.exit(1)
