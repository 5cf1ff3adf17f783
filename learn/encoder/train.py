"""Trains the encoder and its heads together, and writes model.safetensors and model.json as FORMAT.md has them.

    train.py --data ../shared/data --base FOLDER --out FOLDER [--steps N]

Each step is a batch of one head, drawn by the weights in MIX. Everything drawn at random follows from the seed; a checkpoint holds the model, the
optimiser, the generators and the position in each head's data, so that a run that was stopped goes on where it was as if it had not been.
"""
import argparse
import json
import os
import random
import time
from pathlib import Path

import torch
from torch.nn import functional as F

import data as D
import model as M

MIX = {"attribution": 46, "names": 17, "certainty": 8, "checkworthy": 8, "techniques": 12, "matching": 9}
IGNORED = -100


class Stream:
    """The batches of one head, epoch after epoch. Its state is the epoch and how many batches of it were given."""

    def __init__(self, name, seed, epoch):
        self.name, self.seed, self.make, self.state, self.batches = name, seed, epoch, [0, 0], None

    def next(self):
        if self.batches is None:
            self.batches = self.make(random.Random(f"{self.seed}/{self.name}/{self.state[0]}"))
        if self.state[1] == len(self.batches):
            self.state, self.batches = [self.state[0] + 1, 0], None
            return self.next()
        self.state[1] += 1
        return self.batches[self.state[1] - 1]


class Heads:
    """The data of the heads that there is, and their losses."""

    def __init__(self, tok, folder, o):
        self.tok, self.o = tok, o
        folder = Path(folder)
        make = {}
        if (p := folder / "polnear/train.jsonl").exists():
            attribution = D.polnear(tok, p)
            make["attribution"] = lambda rng: D.windowed(attribution, rng, o.budget)
        if (p := folder / "conll2003/train.txt.gz").exists():
            names = D.conll(tok, p)
            make["names"] = lambda rng: D.windowed(names, rng, o.budget)
        if (folder / "factuality/uw-train.jsonl.gz").exists():
            # UDS-IH2 marks verbs only, so that what it does not mark may be an event still.
            sets = [D.factuality(tok, folder / f"factuality/{n}-train.jsonl.gz", n != "uds-ih2") for n in ("uw", "meantime", "uds-ih2")]
            make["certainty"] = lambda rng: D.windowed(sets[0] + sets[1] + rng.sample(sets[2], min(len(sets[2]), len(sets[0]))), rng, o.budget)
        if (p := folder / "checkworthy/ct24-train.tsv.gz").exists():
            statements = {(run, plain): D.checkworthy(tok, p, run, plain) for run in (1, 3) for plain in (False, True)}
            # Alone and among its neighbours, with the table's marks and without them.
            make["checkworthy"] = lambda rng: D.windowed(statements[(1 if rng.random() < 0.6 else 3, rng.random() < 0.5)], rng, o.budget)
        self.techniques = ["none"]
        if (p := folder / "persuasion/semeval2023-train.jsonl.gz").exists():
            articles = D.persuasion(tok, p)
            self.techniques = D.techniques_of(articles)
            if o.fold >= 0:
                articles = D.fold(articles, o.fold)[0]
            make["techniques"] = lambda rng: D.windowed(articles, rng, o.budget)
        if (folder / "factchecks/queries-train.tsv").exists():
            asked = self.matching(folder / "factchecks")
            make["matching"] = lambda rng: self.pairs(asked, rng)
        self.streams = {k: Stream(k, o.seed, f) for k, f in make.items() if k in o.heads}

    def matching(self, folder):
        """(query, answers, what BM25 ranks high beside them), as texts. Queries that dev asks too are left out."""
        out = []
        plain = lambda s: " ".join(D.terms(s))
        sets = {"": (D.claims(folder / "factchecks-60k.jsonl.gz"), D.pairs(folder / "queries-train.tsv", folder / "qrels-train.tsv", True)),
                "snopes": (D.claims(folder / "snopes-claims.jsonl.gz"), D.pairs(folder / "snopes-tweets-train-dev.tsv", folder / "snopes-qrels-train.tsv", False))}
        dev = {plain(q) for q, _ in D.pairs(folder / "queries-dev.tsv", folder / "qrels-dev.tsv", True)
               + D.pairs(folder / "snopes-tweets-train-dev.tsv", folder / "snopes-qrels-dev.tsv", False)}
        for texts, asked in sets.values():
            asked = [(q, {i for i in right if i in texts}) for q, right in asked if plain(q) not in dev]
            asked = [x for x in asked if x[1]]
            for (q, right), hard in zip(asked, D.hard_negatives(asked, texts, 20)):
                out.append((q, sorted({texts[i] for i in right}), [texts[i] for i in hard]))
        return out

    def pairs(self, asked, rng):
        order = list(asked)
        rng.shuffle(order)
        return [[(q, rng.choice(right), rng.choice(hard or right), right) for q, right, hard in order[i:i + self.o.pairs]]
                for i in range(0, len(order) - 1, self.o.pairs)]

    def loss(self, head, model, group):
        return getattr(self, "loss_" + head)(model, group)

    def batch(self, group):
        return D.Batch(self.tok, [(x.text, a, b) for x, a, b in group])

    def loss_attribution(self, model, group):
        batch = self.batch(group)
        words = model.words(batch)
        tags = torch.where(batch.word, 0, IGNORED)
        cues, roles = [], []
        for i, (x, a, b) in enumerate(group):
            for cue, sources, contents in x.relations:
                if not (c := D.clip(cue, a, b)):
                    continue
                D.mark(tags[i], c, 1)
                row = torch.where(batch.word[i], 0, IGNORED)
                for k, ranges in ((1, sources), (3, contents)):
                    for r in ranges:
                        if r := D.clip(r, a, b):
                            D.mark(row, r, k)
                cues.append((i, *c))
                roles.append(row)
        loss = F.cross_entropy(model.heads["cue"](words).flatten(0, 1), tags.flatten(), ignore_index=IGNORED) * 4
        if cues:
            logits = model.heads["arguments"](words, cues)
            loss = loss + F.cross_entropy(logits.flatten(0, 1), torch.stack(roles).flatten(), ignore_index=IGNORED) * 2
        return loss

    def loss_names(self, model, group):
        batch = self.batch(group)
        tags = torch.where(batch.word, 0, IGNORED)
        for i, (x, a, b) in enumerate(group):
            for kind, r in x.tags:
                if r := D.clip(r, a, b):
                    D.mark(tags[i], r, D.NAMES.index("B-" + kind))
        return F.cross_entropy(model.heads["names"](model.words(batch)).flatten(0, 1), tags.flatten(), ignore_index=IGNORED) * 2

    def loss_certainty(self, model, group):
        batch = self.batch(group)
        y = model.heads["certainty"](model.words(batch))
        event, known = torch.zeros(y.shape[:2]), batch.word.clone()
        at, scores = [], []
        for i, (x, a, b) in enumerate(group):
            if not x.complete:
                known[i] = False
            for w, score in x.events:
                if a <= w < b:
                    event[i, w - a], known[i, w - a] = 1, True
                    at.append((i, w - a))
                    scores.append(score)
        loss = F.binary_cross_entropy_with_logits(y[..., 0][known], event[known]) if known.any() else y.sum() * 0
        if at:
            i, w = torch.tensor(at).T
            loss = loss + F.smooth_l1_loss(y[i, w, 1], torch.tensor(scores), beta=0.5)
        return loss

    def loss_checkworthy(self, model, group):
        ranges, yes = [], []
        for i, (x, a, b) in enumerate(group):
            for (s, e, _), y in zip(x.text.units, x.yes):
                if r := D.clip((s, e), a, b):
                    ranges.append((i, *r))
                    yes.append(float(y))
        return F.binary_cross_entropy_with_logits(model.sentences(self.batch(group), ranges), torch.tensor(yes))

    def loss_techniques(self, model, group):
        batch = self.batch(group)
        y = model.heads["techniques"](model.words(batch))
        gold = torch.zeros_like(y)
        for i, (x, a, b) in enumerate(group):
            for kind, r in x.tags:
                if r := D.clip(r, a, b):
                    gold[i, r[0]:r[1], self.techniques.index(kind)] = 1
        loss = F.binary_cross_entropy_with_logits(y, gold, reduction="none").sum(-1)
        return loss[batch.word].mean()

    def loss_matching(self, model, group):
        texts = [t for k in range(3) for t in (x[k] for x in group)]
        vectors = model.embed(short(self.tok, texts, 64))
        n = len(group)
        sim = vectors[:n] @ vectors[n:].T / 0.05
        for i, (_, positive, _, right) in enumerate(group):  # other answers of the same query are no wrong ones
            for j, t in enumerate(texts[n:]):
                if j != i and t in right:
                    sim[i, j] = -1e4
        return (F.cross_entropy(sim, torch.arange(n)) + F.cross_entropy(sim[:, :n].T, torch.arange(n))) / 2


def short(tok, texts, pieces):
    """Texts alone, cut at so many pieces."""
    out = []
    for s in texts:
        t = D.Text(tok, s, [(0, len(s))])
        w = len(t.words)
        while w > 1 and t.first[w] > pieces - 2:
            w -= 1
        out.append((t, 0, w))
    return D.Batch(tok, out)


def checkpoint(path, model, optimiser, step, streams):
    torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "torch": torch.get_rng_state(),
                "streams": {k: s.state for k, s in streams.items()}}, path.with_suffix(".new"))
    os.replace(path.with_suffix(".new"), path)


def train(o):
    torch.manual_seed(o.seed)
    torch.set_num_threads(o.threads)
    out = Path(o.out)
    out.mkdir(parents=True, exist_ok=True)
    tok = D.tokenizer(o.base)
    heads = Heads(tok, o.data, o)
    if not heads.streams:
        raise SystemExit(f"{o.data}: no data of any of the heads {', '.join(o.heads)}")
    model = M.start(o.base, heads.techniques)
    model.train()
    groups = [[p for k, p in model.named_parameters() if k.startswith("heads.") or "case_" in k],
              [p for k, p in model.named_parameters() if not (k.startswith("heads.") or "case_" in k)]]
    optimiser = torch.optim.AdamW([{"params": groups[0], "peak": o.head_rate}, {"params": groups[1], "peak": o.rate}], betas=(0.9, 0.98), weight_decay=0.01)
    step, path = 0, out / "checkpoint.pt"
    if path.exists():
        c = torch.load(path, weights_only=True)
        model.load_state_dict(c["model"])
        optimiser.load_state_dict(c["optimiser"])
        torch.set_rng_state(c["torch"])
        step = c["step"]
        for k, s in heads.streams.items():
            s.state = list(c["streams"][k])
        print(f"goes on from step {step}", flush=True)
    names = list(heads.streams)
    stop = min(o.steps, o.until or o.steps)
    sums, saved, began = {}, time.monotonic(), time.monotonic()
    warm = max(1, o.steps // 20)
    while step < stop:
        rate = min((step + 1) / warm, max(0.0, (o.steps - step) / max(1, o.steps - warm)))
        for g in optimiser.param_groups:
            g["lr"] = g["peak"] * rate
        head = random.Random(f"{o.seed}/step/{step}").choices(names, [MIX[k] for k in names])[0]
        group = heads.streams[head].next()
        optimiser.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=o.bfloat16):
            loss = heads.loss(head, model, group)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        n, s = sums.get(head, (0, 0.0))
        sums[head] = (n + 1, s + loss.item())
        if step % o.log == 0 or step == stop:
            print(json.dumps({"step": step, "seconds": round(time.monotonic() - began), "rate": round(o.rate * rate, 7),
                              "loss": {k: round(s / n, 4) for k, (n, s) in sorted(sums.items())},
                              "epochs": {k: s.state[0] for k, s in heads.streams.items()}}), flush=True)
            sums = {}
        if time.monotonic() - saved > o.save or step == stop:
            checkpoint(path, model, optimiser, step, heads.streams)
            saved = time.monotonic()
    model.save(out, f"seed {o.seed}, step {step} of {o.steps}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", default="../shared/data", help="the folder of the data sets; heads without data are not trained")
    p.add_argument("--base", required=True, help="the folder of the pretrained model: config.json, vocab.txt, tokenizer.json, model.safetensors")
    p.add_argument("--out", required=True, help="where checkpoints and the model are written")
    p.add_argument("--heads", default=list(MIX), type=lambda s: s.split(","), help="which to train")
    p.add_argument("--steps", type=int, default=12000, help="how many steps the whole run has; the rates follow it")
    p.add_argument("--until", type=int, default=0, help="stop after this step of them, with a checkpoint")
    p.add_argument("--rate", type=float, default=1e-4, help="the highest learning rate of the encoder")
    p.add_argument("--head-rate", type=float, default=1e-3, help="that of the heads")
    p.add_argument("--budget", type=int, default=1536, help="pieces in a batch")
    p.add_argument("--pairs", type=int, default=16, help="queries in a batch of matching")
    p.add_argument("--fold", type=int, default=-1, help="the fold of the techniques' articles (0 to 4) that is not learned from")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--bfloat16", action="store_true", help="multiply in bfloat16")
    p.add_argument("--log", type=int, default=50, help="steps between lines of the log")
    p.add_argument("--save", type=float, default=180, help="seconds between checkpoints")
    train(p.parse_args())


if __name__ == "__main__":
    main()
