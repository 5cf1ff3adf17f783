"""Reads the same articles with Hearsay and with spaCy, one thread each, in turn, and prints both speeds.

spaCy and its small English model are installed into a throwaway environment. The time is that of the processor,
which on an idle machine is that of the clock and on a busy one is fairer. spaCy's leaves out the loading of its
model; Hearsay's is the whole run of its program, start and JSON included.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DEV = ROOT.parent / "shared/data/polnear/dev.jsonl"

# One thread, whatever library does the arithmetic.
ONE_THREAD = {
    "GOMAXPROCS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
}


def articles() -> tuple[str, list[str]]:
    """The news articles of polnear/dev where they are at hand, else the examples."""
    if DEV.exists():
        with DEV.open(encoding="utf-8") as lines:
            return "polnear/dev", [json.loads(line)["text"] for line in lines]
    return "examples", [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]


def on_one_core() -> None:
    """Keeps a child process on one core, where the system lets it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def run(command: list[str]) -> str:
    done = subprocess.run(
        command, env=os.environ | ONE_THREAD, preexec_fn=on_one_core, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"compare: {' '.join(command)} ended with status {done.returncode}")
    return done.stdout


def processor_time_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def install(home: Path) -> Path:
    venv.create(home, with_pip=True)
    python = home / "bin/python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*pip, "-r", str(HERE / "requirements.txt")], check=False).returncode:
        sys.exit("compare: spaCy could not be installed; it needs the Python package index and about 400 MB in the temporary folder")
    return python


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hearsay", default="bin/hearsay", help="the built program (default: %(default)s)")
    parser.add_argument("--words", type=int, default=60_000, help="repeat the articles up to this many words (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each program; the median counts (default: %(default)s)")
    args = parser.parse_args()

    name, texts = articles()
    count = sum(len(text.split()) for text in texts)
    times = max(1, -(-args.words // count))
    texts, count = texts * times, count * times

    with tempfile.TemporaryDirectory(prefix="hearsay-compare-") as folder:
        print("Installing spaCy and its small English model into a throwaway environment …", flush=True)
        python = install(Path(folder) / "venv")
        corpus = Path(folder) / "articles.jsonl"
        with corpus.open("w", encoding="utf-8") as out:
            for text in texts:
                out.write(json.dumps({"text": text}) + "\n")

        hearsay = [args.hearsay, "read", "--articles", str(corpus), "--format", "jsonl", "--jobs", "1", "--force", "--quiet"]
        hearsay += ["--output", str(Path(folder) / "ledgers.jsonl")]
        ours, theirs, about = [], [], {}
        for _ in range(args.rounds):
            begin = processor_time_of_children()
            run(hearsay)
            ours.append(count / (processor_time_of_children() - begin))
            about = json.loads(run([str(python), str(HERE / "spacy_words.py"), str(corpus)]))
            theirs.append(count / about["seconds"])

    print(f"\n{count:,} words ({name}), one thread each, median of {args.rounds} runs in turn")
    print(f"  hearsay       {statistics.median(ours):>10,.0f} words/s   whole ledgers, start and JSON included")
    print(f"  spaCy {about['version']:<8}{statistics.median(theirs):>10,.0f} words/s   {', '.join(about['does'])}; model loaded beforehand")
    print(f"  ratio         {statistics.median(ours) / statistics.median(theirs):>10.1f}")


if __name__ == "__main__":
    main()
