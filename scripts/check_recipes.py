"""Runs the shell parts of the recipes in an empty folder: check_recipes.py PROGRAM.

The commands they call are small scripts that print what the real ones do when a registry refuses.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from ruamel.yaml import YAML

RECIPES = pathlib.Path("Recipes").resolve()
RUN_JENKINSFILE = pathlib.Path("scripts/run_jenkinsfile.groovy").resolve()
REFUSED = "denied: Your authorization token has expired. Reauthenticate and try again."
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app"
DOCKER = f"""#!/bin/sh
case $1 in
  push) echo "The push refers to repository [{IMAGE}]"; [ -n "${{WORKS:-}}" ] || {{ echo "{REFUSED}" >&2; exit 1; }} ;;
  build) : ;;
  *) exit 9 ;;
esac
"""
KUBECTL = f"""#!/bin/sh
case "$*" in
  "get pods --namespace shop --field-selector status.phase=Pending --output name") echo pod/api-0; echo pod/api-1 ;;
  "describe --namespace shop pod/api-"[01]) printf 'Events:\\n  Warning  Failed  kubelet  Failed to pull image "{IMAGE}:1": {REFUSED}\\n' ;;
  *) echo "unexpected: $*" >&2; exit 9 ;;
esac
"""
JOURNALCTL = f"""#!/bin/sh
[ "$*" = "--output cat _SYSTEMD_INVOCATION_ID=0123" ] || {{ echo "unexpected: $*" >&2; exit 9; }}
echo "docker: Error response from daemon: pull access denied for {IMAGE}, repository does not exist or may require 'docker login': {REFUSED}"
"""


def run(shell, script, **environment):
    """A script's exit status and output, as a runner starts it."""
    done = subprocess.run(
        [*shell, script], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, **environment})
    return done.returncode, done.stdout


def expect(name, result, status, is_explained):
    found, output = result
    assert found == status, f"{name}: exit status {found}, not {status}:\n{output}"
    assert ("ecr/token-expired" in output) == is_explained, f"{name}:\n{output}"


def github_actions():
    job = YAML(typ="safe").load(RECIPES / "github-actions.yml")["jobs"]["push"]
    # How GitHub starts a step that asks for bash, and one that asks for nothing.
    shells = {"bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"], None: ["bash", "-e", "-c"]}
    for step in job["steps"]:
        if step.get("name") == "push":
            expect("push", run(shells[step.get("shell")], step["run"]), 1, False)
        elif step.get("name") == "explain":
            expect("explain", run(shells[step.get("shell")], step["run"]), 0, True)


def gitlab_ci():
    job = YAML(typ="safe").load(RECIPES / "gitlab-ci.yml")["push"]
    script, after = ("\n".join(job[key]) for key in ["script", "after_script"])
    expect("script", run(["sh", "-ec"], script), 1, False)
    expect("after_script", run(["sh", "-ec"], after, CI_JOB_STATUS="failed"), 0, True)
    expect("script that works", run(["sh", "-ec"], script, WORKS="1"), 0, False)
    expect("after_script of it", run(["sh", "-ec"], after, CI_JOB_STATUS="success"), 0, False)


def azure_pipelines():
    steps = YAML(typ="safe").load(RECIPES / "azure-pipelines.yml")["steps"]
    push, explain = (step["bash"].replace("$(Agent.TempDirectory)", os.getcwd()) for step in steps if "bash" in step)
    shell = ["bash", "--noprofile", "--norc", "-c"]
    expect("push", run(shell, push), 1, False)
    status, output = run(shell, explain)
    expect("explain", (status, output), 0, True)
    uploaded = re.search(r"^##vso\[task\.uploadsummary\](.*)$", output, re.MULTILINE).group(1)
    assert "`ecr/token-expired`" in pathlib.Path(uploaded).read_text(), uploaded
    expect("push that works", run(shell, push, WORKS="1"), 0, False)


def jenkins():
    if not (shutil.which("groovy") and shutil.which("java")):
        print("skipped: there is no groovy to read the Jenkinsfile; .ci/run installs it")
        return
    home = pathlib.Path(shutil.which("java")).resolve().parent.parent

    def build(**environment):
        return run(["groovy", str(RUN_JENKINSFILE)], str(RECIPES / "Jenkinsfile"), JAVA_HOME=str(home), **environment)

    expect("Jenkinsfile", build(), 1, True)
    expect("Jenkinsfile, when all goes well", build(WORKS="1"), 0, False)
    assert not pathlib.Path("push.log").exists(), "push.log was left"


def kubernetes():
    status, output = run(["sh", str(RECIPES / "kubernetes.sh")], "shop")
    expect("kubernetes.sh", (status, output), 0, True)
    assert output.count("✗") == 2 and "pod/api-1" in output, output


def systemd():
    unit = (RECIPES / "app.service").read_text()
    line = re.search(r"^ExecStopPost=-\+sh -c '(.*)'$", unit, re.MULTILINE).group(1).replace("$$", "$")
    expect("a unit that failed", run(["sh", "-c"], line, SERVICE_RESULT="exit-code", INVOCATION_ID="0123"), 0, True)
    expect("a unit that did not", run(["sh", "-c"], line, SERVICE_RESULT="success", INVOCATION_ID="0123"), 0, False)


program = pathlib.Path(sys.argv[1]).resolve()
with tempfile.TemporaryDirectory() as folder:
    tools = pathlib.Path(folder, "bin")
    tools.mkdir()
    (tools / "regdiag").symlink_to(program)
    for name, script in [("docker", DOCKER), ("kubectl", KUBECTL), ("journalctl", JOURNALCTL)]:
        (tools / name).write_text(script)
        (tools / name).chmod(0o755)
    os.environ.update(PATH=f"{tools}:{os.environ['PATH']}", LANG="C.UTF-8")
    for recipe in [github_actions, gitlab_ci, azure_pipelines, jenkins, kubernetes, systemd]:
        work = pathlib.Path(folder, recipe.__name__)
        work.mkdir()
        os.chdir(work)
        recipe()
print("the recipes do what they say")
