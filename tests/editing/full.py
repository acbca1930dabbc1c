"""How much the long tests do: a little by default, all of it when `SHIPSKIP_TEST_FULL` is set."""

import os

FULL = bool(os.environ.get("SHIPSKIP_TEST_FULL"))
