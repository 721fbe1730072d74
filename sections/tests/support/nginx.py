"""nginx as deploy/nginx.conf configures it, with the paths and ports of a test."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from sections.tests.conftest import leave_out

from .house import ROOT
from .site import free_port


def program():
    """The path of nginx; the test is left out where there is none."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        leave_out("nginx is not installed")
    return found


def configuration(folder, port=443, upstream="127.0.0.1:8000"):
    """The path of a complete configuration with a certificate that nobody trusts; it keeps everything in the folder."""
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "1",
    ]
    names = ["-subj", "/CN=localhost", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run([*command, *names], check=True, capture_output=True)
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    for ours, test in {
        "/etc/ssl/reports": str(folder),
        "/var/cache/nginx": str(folder),
        "/var/log/nginx": str(folder),
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen [::]:443 ssl http2;": "",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen [::]:80;": "",
        "server 127.0.0.1:8000;": f"server {upstream};",
    }.items():
        site = site.replace(ours, test)
    user = "user root;" if os.geteuid() == 0 else ""
    path = folder / "nginx.conf"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    places = f"pid {folder}/pid;\nerror_log {folder}/errors;\n"
    path.write_text(f"{user}\ndaemon off;\n{places}events {{}}\nhttp {{\n{temporary}{site}\n}}\n")
    return path


@contextmanager
def running(folder, upstream):
    """The port at which nginx speaks HTTPS for a site; it ends with the block."""
    port = free_port()
    process = subprocess.Popen([program(), "-c", configuration(folder, port, upstream)], stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 10
        while not Path(folder / "pid").exists() and time.monotonic() < end:
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)
