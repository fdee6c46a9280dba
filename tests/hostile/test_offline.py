"""It never touches the network: no socket is opened by any step, and nothing in the package names a host to ask."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import graph

ROOT = Path(graph.__file__).parent
_WATCHED = """
import sys
seen = []
def watch(event, args):
    if event.startswith("socket.") and event not in {"socket.gethostname"} or event in {"urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect"}:
        seen.append((event, repr(args)))
sys.addaudithook(watch)
from pathlib import Path
from graph import cli
sys.argv = ["casegraph", *sys.argv[1:]]
code = 0
try:
    cli.main()
except SystemExit as leave:
    code = leave.code or 0
print("SOCKETS", seen, "CODE", code)
"""


def _watched(cwd, *args):
    env = {**os.environ, "PYTHONPATH": str(ROOT.parent)}
    done = subprocess.run([sys.executable, "-c", _WATCHED, *args], capture_output=True, text=True, encoding="utf-8", env=env, cwd=cwd, check=True)
    return done.stdout.rsplit("SOCKETS ", 1)[-1].strip()


def test_a_build_and_a_check_open_no_socket(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("Police in Tarnovik detained Mira Solheim on 4 May 2021.\n", "utf-8")
    (tmp_path / "reports" / "b.html").write_text('<html><head><link rel="stylesheet" href="https://x.example/a.css"></head><body><p>Mira <img src="https://x.example/p.png"> was freed.</p></body></html>', "utf-8")
    (tmp_path / "entities.csv").write_text("id,type,name\n,person,Mira Solheim\n", "utf-8")
    assert _watched(tmp_path, "check", ".") == "[] CODE 0"
    assert _watched(tmp_path, "build", ".", "-o", "out") == "[] CODE 0"


def test_the_watch_over_all_tests_stops_what_reaches_out():
    with pytest.raises(PermissionError, match="beyond this machine"), socket.socket() as one:
        one.connect(("192.0.2.1", 9))
    with pytest.raises(PermissionError, match="beyond this machine"):
        socket.getaddrinfo("somewhere.example", 80)


_NAMESPACES = {
    "casegraph.example", "www.w3.org", "w3id.org", "purl.org", "schema.followthemoney.tech", "followthemoney.tech", "xmlns.com", "www.opengis.net", "www.example.org", "example.org",
    "www.nanopub.org", "schema.org", "www.wikidata.org", "graphml.graphdrawing.org", "www.gexf.net", "gexf.net", "spdx.org", "id.loc.gov", "dbpedia.org", "127.0.0.1", "localhost",
}
"""Names in IRIs, which are compared and never opened."""


def test_the_package_names_no_host_but_those_of_namespaces():
    found = {}
    for path in sorted(ROOT.rglob("*")):
        if path.suffix in {".py", ".toml", ".js", ".html", ".j2", ".css", ".rq", ".ttl", ".json"}:
            for host in re.findall(r"(?:https?|wss?|ftp)://([\w-]+(?:\.[\w-]+)+)", path.read_text("utf-8")):
                if host not in _NAMESPACES and not host.endswith((".example", ".example.org")):
                    found.setdefault(host, str(path.relative_to(ROOT)))
    assert found == {}
