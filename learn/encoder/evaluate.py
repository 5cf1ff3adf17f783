"""Measures a model on dev, by the arithmetic of the scorers, and prints one JSON object.

    evaluate.py --data ../shared/data --base FOLDER (--model FOLDER | --checkpoint FILE) [--only attribution,names,…]

What is measured are the heads: attribution and names as they answer; certainty at the gold events, which is better than what a reader of claims can
be; check-worthiness of each row as a sentence alone. Techniques and matching are not measured here.
"""
import argparse
import json
import math
import re
from pathlib import Path

import numpy as np
import torch

import data as D
import model as M

TOKEN = re.compile(r"\w+|[^\w\s]")


def viterbi(logits, labels):
    """The best sequence of labels in which an I- follows only its own; of equals the lower label."""
    allowed = np.array([[not b.startswith("I-") or a[2:] == b[2:] for b in labels] for a in labels])
    score = np.where([x.startswith("I-") for x in labels], -np.inf, logits[0])
    back = []
    for row in logits[1:]:
        step = np.where(allowed, score[:, None], -np.inf)
        back.append(step.argmax(0))
        score = step.max(0) + row
    out = [int(score.argmax())]
    for b in reversed(back):
        out.append(int(b[out[-1]]))
    return out[::-1]


def spans(logits, labels):
    """(kind, first word, end, probability) of a window's words."""
    p = np.exp(logits - logits.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    out, path = [], viterbi(logits, labels)
    for i, k in enumerate(path):
        if labels[k].startswith("B-"):
            e = i + 1
            while e < len(path) and labels[path[e]] == "I-" + labels[k][2:]:
                e += 1
            out.append((labels[k][2:], i, e, float(np.mean([p[j, path[j]] for j in range(i, e)]))))
    return out


def batches(tok, texts, budget=4096):
    """(number of the text, window) of all texts in batches by length."""
    windows = [(i, a, b) for i, t in enumerate(texts) for a, b in t.windows()]
    length = lambda w: texts[w[0]].first[w[2]] - texts[w[0]].first[w[1]] + 2
    windows.sort(key=length)
    group = []
    for w in windows + [None]:
        if group and (w is None or length(w) * (len(group) + 1) > budget):
            yield group, D.Batch(tok, [(texts[i], a, b) for i, a, b in group])
            group = []
        group.append(w)


def prf(hit, predicted, gold):
    p, r = hit / max(predicted, 1), hit / max(gold, 1)
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0, "predicted": predicted, "gold": gold}


class Tokens:
    def __init__(self, text):
        self.at = {c: i for i, m in enumerate(TOKEN.finditer(text)) for c in range(*m.span())}

    def range(self, a, b):
        ids = [self.at[c] for c in range(a, b) if c in self.at]
        return (ids[0], ids[-1] + 1) if ids else None

    def set(self, pieces):
        return {self.at[c] for a, b in pieces for c in range(a, b) if c in self.at}


def claims(model, tok, texts):
    """Of each text its attributions, the ranges of the text of each role."""
    out = [[] for _ in texts]
    for group, batch in batches(tok, texts):
        words = model.words(batch)
        found = model.heads["cue"](words).numpy()
        cues = [(k, s, e) for k, (_, a, b) in enumerate(group) for _, s, e, _ in spans(found[k, :b - a], D.CUE)]
        for at in range(0, len(cues), 32):
            part = cues[at:at + 32]
            logits = model.heads["arguments"](words, part).numpy()
            for (k, s, e), l in zip(part, logits):
                i, a, b = group[k]
                t = texts[i]
                chars = lambda x, y: (t.words[a + x][0], t.words[a + y - 1][1])
                roles = spans(l[:b - a], D.ARGUMENTS)
                content = [chars(x, y) for kind, x, y, _ in roles if kind == "content"]
                sources = sorted((-p, x, y) for kind, x, y, p in roles if kind == "source")
                if content:
                    out[i].append({"cue": [chars(s, e)], "content": content, "source": [chars(*sources[0][1:])] if sources else []})
    return out


def attribution(model, tok, data):
    examples = D.polnear(tok, data / "polnear/dev.jsonl")
    roles = ("source", "cue", "content")
    exact, relation = {r: [0, 0, 0] for r in roles}, [0, 0, 0]
    for x, found in zip(examples, claims(model, tok, [x.text for x in examples])):
        t = Tokens(x.text.text)
        gold = [{r: [tuple(p) for p in g[r]] for r in roles} for g in x.gold["relations"]]
        for r in roles:
            g = {t.range(*p) for y in gold for p in y[r]} - {None}
            p = {t.range(*q) for y in found for q in y[r]} - {None}
            exact[r] = [n + m for n, m in zip(exact[r], (len(g & p), len(p), len(g)))]
        g = [{r: t.set(y[r]) for r in roles} for y in gold if y["content"]]
        p = [{r: t.set(y[r]) for r in roles} for y in found]
        free = set(range(len(g)))
        for y in p:
            best, at = 0, None
            for i in free:
                z = g[i]
                if not y["cue"] & z["cue"] or bool(y["source"]) != bool(z["source"]) or y["source"] and not y["source"] & z["source"]:
                    continue
                j = len(y["content"] & z["content"]) / (len(y["content"] | z["content"]) or 1)
                if j >= 0.5 and j > best:
                    best, at = j, i
            if at is not None:
                free.discard(at)
                relation[0] += 1
        relation[1] += len(p)
        relation[2] += len(g)
    return {**{r: prf(*exact[r]) for r in roles}, "relation": prf(*relation)}


def names(model, tok, data):
    """As the scorer: persons, organizations and places; miscellany is left out."""
    examples = D.conll(tok, data / "conll2003/testa.txt.gz")
    texts = [x.text for x in examples]
    found = [set() for _ in texts]
    tokens = [Tokens(t.text) for t in texts]
    for group, batch in batches(tok, texts):
        logits = model.heads["names"](model.words(batch)).numpy()
        for k, (i, a, b) in enumerate(group):
            for kind, s, e, _ in spans(logits[k, :b - a], D.NAMES):
                if kind != "miscellany":
                    found[i].add((tokens[i].range(texts[i].words[a + s][0], texts[i].words[a + e - 1][1]), kind))
    n = [0, 0, 0]
    for x, t, p in zip(examples, tokens, found):
        g = {(t.range(a, b), k) for a, b, k in x.gold if k != "miscellany"}
        n = [c + d for c, d in zip(n, (len(g & p), len(p), len(g)))]
    return prf(*n)


def certainty(model, tok, data):
    examples = D.factuality(tok, data / "factuality/uw-dev.jsonl.gz", True)
    g, p = [], []
    for group, batch in batches(tok, [x.text for x in examples]):
        y = model.heads["certainty"](model.words(batch)).clamp(-3, 3)
        for k, (i, a, b) in enumerate(group):
            for w, score in examples[i].events:
                if a <= w < b:
                    g.append(score)
                    p.append(float(y[k, w - a, 1]))
    return {"mae": round(float(np.abs(np.array(g) - p).mean()), 4), "r": round(float(np.corrcoef(g, p)[0, 1]), 4), "events": len(g)}


def checkworthy(model, tok, data):
    examples = D.checkworthy(tok, data / "checkworthy/ct24-dev-test.tsv.gz")
    best = [0.0] * len(examples)
    for group, batch in batches(tok, [x.text for x in examples]):
        logits = model.sentences(batch, [(k, 0, b - a) for k, (_, a, b) in enumerate(group)])
        for (i, _, _), l in zip(group, logits.tolist()):
            best[i] = max(best[i], 1 / (1 + math.exp(-l)))
    gold = [x.yes[0] for x in examples]
    seen = total = 0
    for rank, i in enumerate(sorted(range(len(gold)), key=lambda i: -best[i]), 1):
        if gold[i]:
            seen += 1
            total += seen / rank
    return dict(prf(sum(y and s >= 0.5 for y, s in zip(gold, best)), sum(s >= 0.5 for s in best), sum(gold)), ap=round(total / max(seen, 1), 4))


MEASURES = {"attribution": attribution, "names": names, "certainty": certainty, "checkworthy": checkworthy}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default="../shared/data")
    p.add_argument("--base", required=True, help="the folder of the pretrained model")
    which = p.add_mutually_exclusive_group(required=True)
    which.add_argument("--model", help="the folder of model.safetensors and model.json")
    which.add_argument("--checkpoint", help="the checkpoint of a run")
    p.add_argument("--only", default=list(MEASURES), type=lambda s: s.split(","))
    p.add_argument("--threads", type=int, default=1)
    o = p.parse_args()
    torch.set_num_threads(o.threads)
    tok, step = D.tokenizer(o.base), None
    if o.checkpoint:
        c = torch.load(o.checkpoint, weights_only=True, mmap=True)
        model, step = M.start(o.base, ["?"] * len(c["model"]["heads.techniques.bias"])), c["step"]
        model.load_state_dict(c["model"])
        model.eval()
    else:
        model = M.load(o.model)
    with torch.inference_mode():
        print(json.dumps({"step": step, **{k: MEASURES[k](model, tok, o.data) for k in o.only}}, indent=1))


if __name__ == "__main__":
    main()
