"""Uses regdiag beside a real Docker engine: check_docker.py PROGRAM STATIC_PROGRAM.

The engine is Debian's, started for this alone, without a network. The image of the Dockerfile is built by it and run; and
what it says of a registry that refuses, on this machine, is explained at a terminal.
"""

import contextlib
import hashlib
import http.server
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time

import pyte

PROGRAM, STATIC_PROGRAM = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
os.environ["REGDIAG"] = str(PROGRAM)
sys.path.insert(0, "Tests/regdiagTests/Terminal")
from terminal import Terminal, equal  # noqa: E402

DOCKER = "/usr/bin/docker"
LARGEST_IMAGE = 24 << 20  # bytes
PASTE = b"docker pull 123456789012.dkr.ecr.us-east-1.amazonaws.com/a\ntoomanyrequests: Rate exceeded\n"


# The engine


def environment(folder):
    """What the client needs to find the engine, and nothing of who runs this."""
    return {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": folder, "DOCKER_CONFIG": folder, "DOCKER_BUILDKIT": "1",
        "DOCKER_HOST": f"unix://{folder}/socket"}


@contextlib.contextmanager
def engine(folder):
    """An engine that keeps all it has in a folder; gives up with a reason where there can be none."""
    missing = [name for name in ("docker", "dockerd", "containerd", "runc") if not shutil.which(name, path="/usr/bin:/usr/sbin")]
    if missing:
        give_up(f"there is no {missing[0]} of Debian's docker.io here; .ci/run installs it")
    if os.geteuid() != 0:
        give_up("only root may start a Docker engine")
    log = pathlib.Path(folder, "log")
    words = ["dockerd", "--host", f"unix://{folder}/socket", "--data-root", f"{folder}/data", "--exec-root", f"{folder}/exec",
             "--pidfile", f"{folder}/pid", "--storage-driver=vfs", "--bridge=none",
             "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false"]
    with log.open("wb") as errors:
        process = subprocess.Popen(words, env=environment(folder), stdout=errors, stderr=errors)
    try:
        for _ in range(300):
            if subprocess.run([DOCKER, "version"], env=environment(folder), capture_output=True).returncode == 0:
                break
            if process.poll() is not None:
                give_up("the Docker engine does not start: " + log.read_text().strip().rpartition("\n")[2])
            time.sleep(0.1)
        else:
            give_up("the Docker engine does not answer")
        yield environment(folder)
    finally:
        process.terminate()
        process.wait(timeout=60)


def give_up(reason):
    print(f"skipped: {reason}")
    sys.exit(0)


def docker(client, *words, **options):
    done = subprocess.run([DOCKER, *words], env=client, capture_output=True, **options)
    assert done.returncode == 0, f"docker {words[0]}: {done.stderr.decode()}"
    return done.stdout


# The image


def toolchain():
    """An image with what scripts/build-static calls, of which `swift` gives a program that is there already.

    It stands for the image of the toolchain, which no engine without a network can fetch.
    """
    tools = [shutil.which(tool) for tool in "sh bash env dirname mkdir rm mv cp objcopy strip".split()]
    needed = subprocess.run(["ldd", *tools], capture_output=True, text=True).stdout
    libraries = re.findall(r"(?:=> )?(/\S+) \(0x", needed)
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", dereference=True) as tar:
        for path in sorted({"/bin/sh", *tools, *libraries}):
            tar.add(path)
        tar.add(STATIC_PROGRAM, "program")
        swift = b"#!/bin/sh\nset -e\nmkdir -p .build-static/release\ncp /program .build-static/release/regdiag\n"
        entry = tarfile.TarInfo("usr/bin/swift")
        entry.mode, entry.size = 0o755, len(swift)
        tar.addfile(entry, io.BytesIO(swift))
    return archive.getvalue()


def check_image(client):
    base = re.search(r"^FROM (\S+) AS build$", pathlib.Path("Dockerfile").read_text(), re.MULTILINE).group(1)
    docker(client, "import", "-", base, input=toolchain())
    docker(client, "build", "--network", "none", "--tag", "regdiag", ".")
    [image] = json.loads(docker(client, "image", "inspect", "regdiag"))
    assert image["Size"] <= LARGEST_IMAGE, f"the image has {image['Size']} bytes"
    equal(image["Config"]["User"], "65532:65532")
    equal(len(image["RootFS"]["Layers"]), 1)
    alone = ["run", "--rm", "--interactive", "--network", "none", "--read-only", "--cap-drop", "ALL"]
    answer = docker(client, *alone, "regdiag", input=PASTE)
    assert "ecr/rate-exceeded" in answer.decode(), answer
    report = json.loads(docker(client, *alone, "regdiag", "explain", "--format", "json", input=PASTE))
    equal(report["diagnoses"][0]["id"], "ecr/rate-exceeded")
    return f"an image of {image['Size'] / 1e6:.0f} MB"


# A registry


class Registry(http.server.BaseHTTPRequestHandler):
    """A registry that refuses what is asked of it, each repository for a reason of its own."""

    REFUSALS = {
        "absent": (404, "MANIFEST_UNKNOWN", "manifest unknown"),
        "forbidden": (403, "DENIED", "requested access to the resource is denied"),
        "busy": (429, "TOOMANYREQUESTS", "Too Many Requests"),
    }
    LAYERS = [os.urandom(1 << 20) for _ in range(3)]
    protocol_version = "HTTP/1.1"

    def do_GET(self):  # noqa: N802
        part = self.path.split("/")
        if len(part) < 5:
            return self.answer(200, b"{}")
        _, _, name, kind, reference = part
        if name in self.REFUSALS:
            status, code, message = self.REFUSALS[name]
            return self.answer(status, json.dumps({"errors": [{"code": code, "message": message}]}).encode())
        if name == "locked":
            return self.answer(401, b"{}", ("WWW-Authenticate", 'Basic realm="registry"'))
        content = self.manifest() if kind == "manifests" else next(c for c in self.blobs() if digest(c) == reference)
        if content == self.LAYERS[-1]:
            content = content[::-1]  # damaged on the way
        media_type = MANIFEST if kind == "manifests" else "application/octet-stream"
        return self.answer(200, content, ("Docker-Content-Digest", digest(content)), media_type=media_type)

    do_HEAD = do_GET

    @classmethod
    def blobs(cls):
        root = {"type": "layers", "diff_ids": [digest(layer) for layer in cls.LAYERS]}
        return [json.dumps({"architecture": "amd64", "os": "linux", "config": {}, "rootfs": root}).encode(), *cls.LAYERS]

    @classmethod
    def manifest(cls):
        def described(kind, blob):
            return {"mediaType": f"application/vnd.docker.{kind}", "size": len(blob), "digest": digest(blob)}

        config, *layers = cls.blobs()
        return json.dumps({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": described("container.image.v1+json", config),
            "layers": [described("image.rootfs.diff.tar", layer) for layer in layers]}).encode()

    def answer(self, status, body, *headers, media_type="application/json"):
        self.send_response(status)
        for name, value in [*headers, ("Content-Type", media_type), ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


@contextlib.contextmanager
def registry():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"localhost:{server.server_port}"
        server.shutdown()


# At a terminal


def shown(client, *words):
    """A command's exit status at a terminal, and what stands there in the end, but for what goes by the clock."""
    terminal = Terminal(words, client, rows=200, columns=100)
    status = terminal.end()
    screen = pyte.Screen(100, 200)
    pyte.ByteStream(screen).feed(terminal.shown)
    text = "\n".join(line.rstrip() for line in screen.display).rstrip()
    text = re.sub(r"[\d.]+(?=s\b|k?B\b)", "N", text)
    return status, re.sub(r"^([0-9a-f]{12}: ).*", r"\1N", text, flags=re.MULTILINE), b"\x1b[1A" in terminal.shown


def check_terminal(client, host, folder):
    """Looks that a failing command stands at a terminal as it does without us, its explanation below it."""
    context = pathlib.Path(folder, "context")
    context.mkdir()
    (context / "Dockerfile").write_text(f"FROM {host}/forbidden:1\n")
    cases = [
        (["pull", f"{host}/absent:1"], "oci/manifest-unknown", False),
        (["pull", f"{host}/forbidden:1"], "oci/denied", False),
        (["pull", f"{host}/busy:1"], "oci/too-many-requests", False),
        (["pull", f"{host}/locked:1"], "oci/unauthorized", False),
        (["pull", f"{host}/damaged:1"], "docker/layer-verification-failed", True),
        (["pull", "localhost:1/a:1"], "network/connection-refused", False),
        (["build", str(context)], "oci/denied", True),
    ]
    for words, entry, is_drawn in cases:
        status, screen, _ = shown(client, DOCKER, *words)
        our_status, our_screen, our_display = shown(client, str(PROGRAM), "run", "--", DOCKER, *words)
        equal(our_status, status)
        assert status != 0, f"docker {words[0]} does not fail"
        assert our_screen.startswith(screen + "\n\n"), f"{our_screen}\n\ndoes not begin with\n\n{screen}"
        assert entry in our_screen[len(screen):].split("\n")[2], our_screen[len(screen):]
        equal(our_display, is_drawn)
    return len(cases)


def main():
    with tempfile.TemporaryDirectory() as folder, engine(folder) as client:
        image = check_image(client)
        with registry() as host:
            count = check_terminal(client, host, folder)
    print(f"a real Docker engine built {image}, and {count} of its failures were explained at a terminal")


main()
