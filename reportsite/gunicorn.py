"""The configuration of gunicorn; `reportsite.start` gives the address and the number of processes.

The server itself imports neither Django nor the site, and each new worker process imports them afresh: that is how a
reload (SIGHUP) takes in new code and settings.
"""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from . import generations

wsgi_app = "reportsite.wsgi"
worker_class = "reportsite.worker.BufferingWorker"
threads = 5  # of each process, see reportsite.thread_pools; they wait for no client
worker_connections = 500  # of each process; beyond them, those that have waited longest for their client go
graceful_timeout = 25  # seconds in which a process that was asked to end may finish what has arrived
timeout = 60  # seconds after which a process that does not answer, or does not start, is replaced
# A pasted page of text is still a query, so this is the longest address that gunicorn can accept.
limit_request_line = 8190
loglevel = "warning"
control_socket_disable = True


def pre_fork(server: Any, worker: Any) -> None:
    """In the server: remembers the newest process, for those that it may replace."""
    generations.started(worker.age)


def post_fork(server: Any, worker: Any) -> None:
    """In the new process: allows as many files as the system does, and forgets the site's modules that the server has
    loaded, so that changed ones are read."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    for name in [name for name in sys.modules if name.partition(".")[0] in {"reportsite", "sections"}]:
        del sys.modules[name]


METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # set by reportsite.start where somebody watches
_metrics: list[subprocess.Popen] = []


def when_ready(server: Any) -> None:
    """In the server: starts the process that shows the metrics. It ends by itself when the server does."""
    if METRICS_FOLDER in os.environ:
        _metrics.append(subprocess.Popen([sys.executable, "-m", "reportsite.metrics_server"], stdin=subprocess.DEVNULL))


def child_exit(server: Any, worker: Any) -> None:
    """In the server: what a process held is no longer held."""
    if METRICS_FOLDER in os.environ:
        for file in Path(os.environ[METRICS_FOLDER]).glob(f"gauge_live*_{worker.pid}.db"):
            file.unlink(missing_ok=True)


def on_exit(server: Any) -> None:
    """In the server: ends the process that shows the metrics and removes its files."""
    for process in _metrics:
        process.terminate()
    if METRICS_FOLDER in os.environ:
        shutil.rmtree(os.environ[METRICS_FOLDER], ignore_errors=True)
