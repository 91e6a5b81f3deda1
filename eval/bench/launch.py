"""Runs a command and prints what it took, as JSON: ``python launch.py COMMAND…``; imported by nobody.

A process of its own, and a small one: to the kernel a child's peak memory begins with that of the process that
started it, so a bench that started its commands itself would measure itself.
"""

import json
import os
import sys
import time

began = time.perf_counter()
silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent), 0)
peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
print(
    json.dumps(
        {
            "code": os.waitstatus_to_exitcode(status),
            "cpu_s": usage.ru_utime + usage.ru_stime,
            "wall_s": time.perf_counter() - began,
            "memory_mb": peak,
        }
    )
)
