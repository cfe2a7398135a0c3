"""Adds up llvm-cov's figures of files to those of modules; scripts/fuzz-coverage calls it."""

import collections
import json
import sys

modules = collections.defaultdict(lambda: collections.Counter())
for file in json.load(sys.stdin)["data"][0]["files"]:
    _, found, path = file["filename"].rpartition("/Sources/")
    if not found:
        continue
    module = modules[path.split("/")[0]]
    for kind in ("lines", "regions"):
        for figure in ("count", "covered"):
            module[kind, figure] += file["summary"][kind][figure]

for name, module in sorted(modules.items()):
    if not module["regions", "covered"]:
        continue
    shares = (
        f"{kind} {module[kind, 'covered']} of {module[kind, 'count']}"
        f" ({100 * module[kind, 'covered'] / module[kind, 'count']:.1f} %)"
        for kind in ("lines", "regions")
    )
    print(f"{name:24}", ", ".join(shares))
