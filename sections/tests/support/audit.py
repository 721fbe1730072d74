"""Audits the locked requirements: `python -m sections.tests.support.audit`, which is `make audit`.

Three questions: is what is installed what is locked; has the index withdrawn ("yanked") a locked release, or do its
files have other hashes; does an advisory service know a weakness. The last lines say what could not be asked.
"""

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

from .house import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def main():
    """Prints what was found; 1 if there is anything to do."""
    faults, left_out = [], []
    for lock in LOCKS:
        path = ROOT / lock
        faults += [f"{lock}: {fault}" for fault in not_installed(path.read_text(encoding="utf-8"))]
        for ask in (withdrawn, weaknesses):
            found, missing = ask(path)
            faults += [f"{lock}: {fault}" for fault in found]
            left_out += [f"{lock}: {missing}"] if missing else []
    print("\n".join(faults) or "Nothing to do: what is locked is installed, and nothing is known against it.")
    for line in left_out:
        print(f"Left out: {line}")
    return 1 if faults else 0


def not_installed(lock):
    """The locked releases that are not installed, or in another version."""
    faults = []
    for name, locked in LOCKED.findall(lock):
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = "no version"
        if installed != locked:
            faults.append(f"{name} is locked at {locked}, but {installed} is installed")
    return faults


def withdrawn(path):
    """What the index says of the locked releases; pip looks at each, with its hash, and installs nothing."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--dry-run",
        "--no-deps",
    ]
    command += ["--ignore-installed", "--require-hashes", "--report", "-", "--requirement", path]
    ran = subprocess.run(command, capture_output=True, text=True)
    if "DO NOT MATCH THE HASHES" in ran.stderr:
        return [f"files differ from their hashes: {ran.stderr.strip()[-300:]}"], ""
    if ran.returncode:
        return [], f"the index was not asked: {_last_line(ran.stderr)}"
    report = json.loads(ran.stdout)["install"]
    yanked = [item["metadata"] for item in report if item.get("is_yanked")]
    return [f"{item['name']} {item['version']} was withdrawn by its authors" for item in yanked], ""


def weaknesses(path):
    """What an advisory service knows of the locked releases."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--requirement", path]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "10"]
    ran = subprocess.run(command, capture_output=True, text=True)
    try:
        return read_advisories(json.loads(ran.stdout)["dependencies"])
    except (ValueError, KeyError):
        return [], f"no advisory service was asked: {_last_line(ran.stderr)}"


def read_advisories(dependencies):
    """The weaknesses that pip-audit found, and which releases it could not ask about."""
    known = [each for each in dependencies if "vulns" in each]
    faults = [
        f"{each['name']} {each['version']} has {weakness['id']}, mended in {_versions(weakness)}"
        for each in known
        for weakness in each["vulns"]
    ]
    missing = len(dependencies) - len(known)
    return faults, f"no advisory service knows {missing} of {len(dependencies)} releases" if missing else ""


def _versions(weakness):
    return ", ".join(weakness["fix_versions"]) or "no version yet"


def _last_line(text):
    return (text.strip().splitlines() or ["no reason given"])[-1][:200]


if __name__ == "__main__":
    sys.exit(main())
