"""`spondyl serve`: where it listens, what it refuses, what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from service.serving import NOTE

COMMAND = Path(sys.executable).parent / "spondyl"


def environment(**more):
    return {**{name: value for name, value in os.environ.items() if not name.startswith("SPONDYL_")}, **more}


def refused(*words, **more):
    typed = [str(COMMAND), "serve", *words]
    done = subprocess.run(typed, check=False, text=True, capture_output=True, timeout=60, env=environment(**more))
    assert done.returncode == 2
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "example.org"])
def test_an_open_address_without_protection_is_refused(host):
    assert "I111" in refused("--host", host)


def test_a_short_token_is_refused():
    told = refused("--host", "0.0.0.0", SPONDYL_ACCESS_TOKEN="short")
    assert "I111" in told
    assert "short" not in told.replace("too short", "")


@pytest.mark.parametrize("port", ["x", "-1", "65536", "80a"])
def test_what_is_no_port(port):
    assert "I104" in refused(f"--port={port}")


def test_a_port_that_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "I112" in refused("--port", str(taken.getsockname()[1]))


def test_it_says_where_it_listens_answers_and_writes_no_value():
    typed = [str(COMMAND), "serve", "--port", "0"]
    running = subprocess.Popen(typed, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())
    try:
        line = running.stdout.readline()
        found = re.fullmatch(r"Spondyl workbench: (http://127\.0\.0\.1:\d+/)\n", line)
        assert found is not None
        body = json.dumps({"text": NOTE}).encode()
        request = urllib.request.Request(f"{found[1]}api/plan", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert json.load(answer)["schema"] == "spondyl/record/1"
        bad = urllib.request.Request(f"{found[1]}nowhere/Rosalind")
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(bad, timeout=30)
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=30)
        out, err = running.stdout.read(), running.stderr.read()
    assert out == "Stop it with Ctrl-C. Nothing is stored.\n"
    assert err == ""
    assert running.returncode in (0, 130)
