"""Measures Groundplan on the seeded workload, prints ratios and writes RESULTS.md beside itself.

python bench/run.py [--scale 1] [--workload FOLDER] [--home FOLDER] [--only PART ...]
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "src")]

from bench.measuring import Measured, report  # noqa: E402 - found through the path above

PARTS = ("import", "analysis", "pages", "plans", "quiet")
USUAL = PARTS[:4]


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as scratch:
        home = arguments.home or Path(scratch) / "home"
        home.mkdir(parents=True, exist_ok=True)
        _prepare(home)
        lines: list[Measured] = []
        folder: Path = arguments.workload or Path(scratch) / "workload"
        if "import" in arguments.only:
            lines += _imports(arguments, folder)
        lines += _rest(arguments.only, folder / "purchases.csv")
        if "quiet" in arguments.only:
            from bench.quiet import measure_quiet  # noqa: PLC0415

            lines += measure_quiet(folder)
    title = f"Workload at scale {arguments.scale:g}" + (
        f" with {arguments.purchases:,} purchases." if not arguments.workload else " (given files)."
    )
    print(report(HERE / "RESULTS.md", title, lines))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Groundplan on a seeded workload.")
    parser.add_argument("--scale", type=float, default=1.0, help="1 is 100,000 accounts")
    parser.add_argument("--products", type=int, help="default: 100, at scale 10 and above 200")
    parser.add_argument("--purchases", type=int, help="default: 5,000,000 times the scale")
    parser.add_argument("--workload", type=Path, help="a folder with the files, else made anew")
    parser.add_argument(
        "--home", type=Path, help="keep the installation here; default: thrown away"
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=USUAL)
    arguments = parser.parse_args()
    if arguments.purchases is None:
        arguments.purchases = int(5_000_000 * arguments.scale)
    if arguments.products is None:
        arguments.products = 100 if arguments.scale < 10 else 200
    return arguments


def _prepare(home: Path) -> None:
    """Make the installation: Django reads the home from the environment when it is loaded."""
    os.environ["GROUNDPLAN_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "groundplan.project.settings"
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)


def _imports(arguments: argparse.Namespace, folder: Path) -> list[Measured]:
    from bench.facts import measure_imports  # noqa: PLC0415

    # It loads NumPy: not before Groundplan has said how many threads linear algebra may have.
    from bench.workload import Size, write_workload  # noqa: PLC0415

    if arguments.workload is None:
        size = Size(arguments.scale, arguments.products, arguments.purchases)
        write_workload(folder, size)
    return measure_imports(folder)


def _rest(only: list[str], purchases: Path) -> list[Measured]:
    lines: list[Measured] = []
    if "analysis" in only:
        from bench.facts import measure_analysis  # noqa: PLC0415

        lines += measure_analysis(purchases if purchases.exists() else None)
    if "pages" in only:
        from bench.pages import measure_pages  # noqa: PLC0415

        lines += measure_pages()
    if "plans" in only:
        from bench.plans import measure_plans  # noqa: PLC0415

        lines += measure_plans()
    return lines


if __name__ == "__main__":
    main()
