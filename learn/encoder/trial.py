"""A trial run on texts of our own: a tiny random model, trained in one go and with a stop in between, has to come out the same."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import BertWordPieceTokenizer

import data as D
import model as M

HERE = Path(__file__).parent
SENTENCES = ["The mayor of Orlen said that the bridge would reopen in May.", "Police denied the report, according to Tavik Radio.",
             "“We will not pay,” Marta Quell told the council.", "It rained in Orlen all week."]


def base(folder):
    letters = sorted(set("".join(SENTENCES).lower()) - {" "})
    words = sorted({w.strip(".,“”").lower() for s in SENTENCES for w in s.split()})
    vocabulary = list(dict.fromkeys(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + words + letters + ["##" + c for c in letters]))
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    (folder / "config.json").write_text("{}")
    BertWordPieceTokenizer(str(folder / "vocab.txt")).save(str(folder / "tokenizer.json"))
    sizes = {"hidden": 64, "layers": 2, "heads": 2, "intermediate": 96, "positions": 200, "epsilon": 1e-12}
    torch.manual_seed(3)
    m = M.Model(sizes, vocabulary, ["x"])
    save_file({k: v.contiguous() for k, v in m.state_dict().items() if not k.startswith("heads.") and "case_" not in k}, folder / "model.safetensors")


def polnear(folder):
    (folder / "polnear").mkdir()
    text = " ".join(SENTENCES)
    at = lambda s: [text.index(s), text.index(s) + len(s)]
    relations = [{"source": [at("The mayor of Orlen")], "cue": [at("said")], "content": [at("that the bridge would reopen in May")]},
                 {"source": [at("Marta Quell")], "cue": [at("told")], "content": [at("“We will not pay,”")]}]
    rows = [json.dumps({"id": str(i), "text": text + "\n\n" + text, "relations": relations}, ensure_ascii=False) for i in range(8)]
    (folder / "polnear/train.jsonl").write_text("\n".join(rows), encoding="utf-8")


def run(work, out, *more):
    command = [sys.executable, str(HERE / "train.py"), "--data", str(work), "--base", str(work), "--out", str(work / out), "--steps", "40", "--log", "10",
               "--budget", "300", "--threads", "1", *more]
    return [json.loads(x) for x in subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines() if x.startswith("{")]


def main():
    assert [D.case(x) for x in ("said", "Orlen", "U", "USA", "McD", "iP", "42")] == [0, 1, 1, 2, 3, 3, 0]
    d = M.buckets([(0, 2, 3)], 103)[0].tolist()
    assert d[:5] == [14, 15, 16, 17, 18] and d[11] == 25 and d[14] == 26 and d[98] == 32, d
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        base(work)
        polnear(work)
        tok = D.tokenizer(work)
        t = D.Text(tok, " ".join(SENTENCES * 12))
        for size in (24, 96, 192):
            w = t.windows(size)
            assert w[0][0] == 0 and w[-1][1] == len(t.words) and all(a[1] == b[0] for a, b in zip(w, w[1:]))
            assert all(t.first[b] - t.first[a] + 2 <= size for a, b in w)
        log = run(work, "whole")
        assert log[-1]["loss"]["attribution"] < 0.7 * log[0]["loss"]["attribution"], log
        run(work, "parts", "--until", "17")
        run(work, "parts")
        one, two = (load_file(work / n / "model.safetensors") for n in ("whole", "parts"))
        assert one.keys() == two.keys() and all(torch.equal(one[k], two[k]) for k in one), "a run that was stopped came out otherwise"
        M.load(work / "whole")
    print("ok")


if __name__ == "__main__":
    main()
