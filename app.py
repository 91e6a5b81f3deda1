"""The web desk. ``python app.py``; HOST and PORT come from the environment (127.0.0.1:7860).

Everything is in ``desk/``: the service layer, the page, the HTTP API and the MCP tools.
"""

import sys

from desk.server import main

if __name__ == "__main__":
    sys.exit(main())
