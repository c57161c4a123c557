#!/usr/bin/env python3
"""Writes tests/oracles/versions.tsv: orders of version pairs as other programs see them.

Oracles: Python's `packaging` for PEP 440 (the installed package, else the copy inside pip), `dpkg --compare-versions`
for deb. The vectors below are our own. Run it by hand after changing them; `make test` only reads the result.
"""
import itertools
import random
import subprocess

try:
    from packaging.version import InvalidVersion, Version
except ImportError:
    from pip._vendor.packaging.version import InvalidVersion, Version

PEP440 = """0 0.0 1 1.0 1.0.0 1.1 1.2 1.10 01.0 1.0.post1 1.0-1 1.0post1 1.0.post2 1.0rev3 1.0-r4 1.0.dev1 1.0.dev0 1.0dev
1.0a1 1.0-alpha.1 1.0alpha1 1.0a1.dev2 1.0a1.post3 1.0a1.post3.dev4 1.0b2 1.0beta2 1.0c3 1.0rc3 1.0pre3 1.0preview3 1.0rc3.post1
1.0.post1.dev2 1!0.1 1!1.0 0!2.0 2!0 1.0+local 1.0+abc.1 1.0+abc.10 1.0+1 1.0+1.abc 1.0+ubuntu-1 1.0+cu130 1.0rc1+cu130 v1.0
2026.3.1 0.17.0 0.17.0rc1 0.17.0.dev5+g999bad5a 1.0_a_1 1.0.a.1 1.0- 1.0+ 1..0 1.0.x a1.0 1.0a1b2 1.0.post 1.0a 3.12.0b4
1.0-post 1.0-dev-3 10000000000000000000000.1 10000000000000000000000.2""".split()
DEB = """0 1 1.0 1.0-0 1.0-1 1.0-1+b1 1.0-1ubuntu1 1.0-1ubuntu1.1 1.0~rc1-1 1.0~rc1 1.0~ 1.0~~ 1.0~~a 1.0+dfsg-1 1.0+dfsg1-2 1:0.9-1
0:1.0-1 1:1.0 2:0 1.0a 1.0b 1.0.1 1.00.1 1.010 1.10 1.9 1.2.3-4+deb12u1 1.2.3-4+deb12u2 1.2.3-4 1.2.3 1.2.3-10 6.8.0-41
6.8.0-41.41 6.8.0-410 580.95.05-0ubuntu1 580.95.5-0ubuntu1 580.126.09 1.0-a-1 1.0-a-2 1.0+b 1.0-+ 1.0.~1 2.43.0-1~bpo12+1
1.0A 1.0a-1 99999999999999999999999.1 99999999999999999999999.2 1.0- 1.0z1 1.0z+ 1:1:1""".split()


def pep440(a, b):
    try:
        x, y = Version(a), Version(b)
    except InvalidVersion:
        return None
    return (x > y) - (x < y)


def deb_ok(v):
    run = subprocess.run(["dpkg", "--validate-version", v], capture_output=True)
    return run.returncode == 0


def deb(a, b):
    if not (deb_ok(a) and deb_ok(b)):
        return None
    for order, op in ((-1, "lt"), (0, "eq"), (1, "gt")):
        if subprocess.run(["dpkg", "--compare-versions", a, op, b], capture_output=True).returncode == 0:
            return order
    raise SystemExit(f"dpkg gave no order for {a} {b}")


def main():
    pick = random.Random(20260518)
    with open("tests/oracles/versions.tsv", "w", encoding="utf-8") as out:
        out.write("# scheme\tleft\tright\torder (2 = one is no version); written by tests/oracles/versions.py\n")
        for name, oracle, vectors in (("pep440", pep440, PEP440), ("deb", deb, DEB)):
            pairs = list(itertools.combinations(vectors, 2))
            for a, b in sorted(pick.sample(pairs, min(700, len(pairs)))):
                order = oracle(a, b)
                out.write(f"{name}\t{a}\t{b}\t{2 if order is None else order}\n")


if __name__ == "__main__":
    main()
