"""Runs the benchmarks: all of them, or those that are named.

python -m bench [start] [create] [read] [project] [search] [commands] [fresh-clone] [append]
    [members] [stories] [segments-at-once] [upload] [rosters] [parse] [memory] [as-of] [undo]
    [proofs] [verify] [subscriptions] [rebuild] [console] [attacks] [bounds] [traffic]
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from bench import (
    as_of,
    attacks,
    bounds,
    commands,
    console,
    fresh_clone,
    project,
    proofs,
    read,
    rebuild,
    rosters,
    search,
    start,
    subscriptions,
    traffic,
    verify,
)
from bench.support.report import Measurement, environment, keep, show
from bench.writes import (
    append,
    create,
    long_story,
    members,
    parse,
    segments_at_once,
    undo,
    upload,
    upload_memory,
)

BENCHMARKS: dict[str, Callable[[], list[Measurement]]] = {
    "start": start.run,
    "create": create.run,
    "read": read.run,
    "project": project.run,
    "search": search.run,
    "commands": commands.run,
    "fresh-clone": fresh_clone.run,
    "append": append.run,
    "members": members.run,
    "stories": long_story.run,
    "segments-at-once": segments_at_once.run,
    "upload": upload.run,
    "rosters": rosters.run,
    "parse": parse.run,
    "memory": upload_memory.run,
    "as-of": as_of.run,
    "undo": undo.run,
    "proofs": proofs.run,
    "verify": verify.run,
    "subscriptions": subscriptions.run,
    "rebuild": rebuild.run,
    "console": console.run,
    "attacks": attacks.run,
    "bounds": bounds.run,
    "traffic": traffic.run,
}


def main(names: list[str]) -> None:
    """Prints each benchmark's figures as it ends, and keeps them all."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    around = environment()
    for what, value in around.items():
        print(f"{what:12} {value}")
    figures: list[Measurement] = []
    for name in names or BENCHMARKS:
        print(f"\n{name}: {BENCHMARKS[name].__doc__}", flush=True)
        measured = BENCHMARKS[name]()
        show(measured)
        figures += measured
    print(f"\nkept in {keep(figures, around)}")


if __name__ == "__main__":
    main(sys.argv[1:])
