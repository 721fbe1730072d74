"""Shows the metrics of all processes at METRICS_ADDRESS, as long as the server that started it runs.

It reads the files that they write, and nothing else: the site is not loaded here.
"""

import os
import time

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from . import env


def main() -> None:
    """Answers until the parent has ended."""
    parent = os.getppid()
    host, port = env.listening_address("METRICS_ADDRESS")
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    start_http_server(port, addr=host, registry=registry)
    while os.getppid() == parent:
        time.sleep(1)


if __name__ == "__main__":
    main()
