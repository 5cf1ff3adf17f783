"""Texts cut into the words and windows of FORMAT.md, the data sets of each head, and the batches of an epoch.

Offsets are code points of a text; a range is half-open. A set is read from the split it is asked for, never from another."""
import csv
import gzip
import json
import math
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

WINDOW = 192
SENTENCE_END = re.compile(r"\n+|(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")


def bio(kinds):
    return ["O"] + [f"{p}-{k}" for k in kinds for p in "BI"]


CUE = ["O", "B-cue", "I-cue"]
ARGUMENTS = bio(["source", "content"])
KINDS = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "miscellany"}
NAMES = bio(KINDS.values())


def case(piece):
    """What FORMAT.md's case embedding is asked for: 0 no capital, 1 the first letter alone, 2 capitals alone, 3 anything else."""
    letters = [c for c in piece if c.isalpha()]
    capitals = [c.isupper() for c in letters]
    if not any(capitals):
        return 0
    if capitals[0] and not any(capitals[1:]):
        return 1
    return 2 if all(capitals) else 3


class Text:
    """A text as pieces and words, with the ends of its sentences."""

    def __init__(self, tokenizer, text, sentences=None):
        """sentences: ranges of the text; without them a simple rule finds them."""
        e = tokenizer.encode(text, add_special_tokens=False)
        self.text = text
        self.ids = np.array(e.ids, dtype=np.int64)
        self.cases = np.array([case(text[a:b]) for a, b in e.offsets], dtype=np.int64)
        self.first, self.words = [], []  # of each word its first piece, and its range of the text
        last = None
        for i, (w, (a, b)) in enumerate(zip(e.word_ids, e.offsets)):
            if w != last:
                self.first.append(i)
                self.words.append([a, b])
                last = w
            self.words[-1][1] = b
        self.first.append(len(e.ids))
        if sentences is None:
            cuts = [m.end() for m in SENTENCE_END.finditer(text)] + [len(text)]
            sentences = list(zip([0] + cuts[:-1], cuts))
        self.units = []  # runs of words that stay together: first word, end, whether a paragraph ends
        w = 0
        for a, b in sentences:
            start = w
            while w < len(self.words) and self.words[w][0] < b:
                w += 1
            if w > start:
                self.units.append((start, w, "\n" in text[self.words[w - 1][1]:self.words[w][0] if w < len(self.words) else len(text)]))

    def overlapping(self, a, b):
        """The range of words that overlap text[a:b], or None."""
        hit = [i for i, (c, d) in enumerate(self.words) if c < b and a < d]
        return (hit[0], hit[-1] + 1) if hit else None

    def windows(self, size=WINDOW):
        """Ranges of words, cut as FORMAT.md says."""
        units = []
        for a, b, end in self.units:
            start = a
            for w in range(a, b):
                if self.first[w + 1] - self.first[start] > size - 2:
                    units.append((start, w, False))
                    start = w
            units.append((start, b, end))
        out, at = [], 0
        while at < len(units):
            start = units[at][0]
            k = at + 1
            while k < len(units) and self.first[units[k][1]] - self.first[start] + 2 <= size:
                k += 1
            if k < len(units):
                for j in range(k, at, -1):
                    if units[j - 1][2] and self.first[units[j - 1][1]] - self.first[start] + 2 > 0.4 * size:
                        k = j
                        break
            out.append((start, units[k - 1][1]))
            at = k
        return out


@dataclass
class Example:
    """A text with what is marked in it, in words of the text."""
    text: Text
    id: str = ""
    relations: list = field(default_factory=list)  # (cue, sources, contents): a range, ranges, ranges
    tags: list = field(default_factory=list)       # (kind, range)
    events: list = field(default_factory=list)     # (word, score)
    complete: bool = True                          # whether words without an event are known to be none
    yes: list = field(default_factory=list)        # of each unit whether it deserves checking
    gold: object = None                            # the row as the data set has it


def rows(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def polnear(tok, path):
    out = []
    for r in rows(path):
        t = Text(tok, r["text"])
        by_cue = defaultdict(lambda: (set(), set()))
        for x in r["relations"]:
            cue = t.overlapping(*x["cue"][0]) if x["cue"] else None
            if cue:
                for k, role in enumerate(("source", "content")):
                    by_cue[cue][k].update(filter(None, (t.overlapping(*p) for p in x[role])))
        out.append(Example(t, r["id"], relations=[(c, sorted(s), sorted(d)) for c, (s, d) in sorted(by_cue.items())], gold=r))
    return out


def conll(tok, path):
    """Documents as the scorer of names rebuilds them."""
    out, text, spans, cur = [], "", [], None

    def end():
        if text.strip():
            t = Text(tok, text)
            out.append(Example(t, str(len(out)), tags=[(k, r) for a, b, k in spans if (r := t.overlapping(a, b))], gold=spans))

    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            c = line.split()
            if not c:
                text += "\n" if text and not text.endswith("\n") else ""
                cur = None
                continue
            if c[0] == "-DOCSTART-":
                end()
                text, spans, cur = "", [], None
                continue
            if text and not text.endswith("\n") and c[0] not in (",", ".", ";", ":", "!", "?", ")", "'s", "%") and not text.endswith("("):
                text += " "
            start, tag = len(text), c[-1]
            text += c[0]
            if tag == "O":
                cur = None
            elif cur and tag.startswith("I-") and cur[2] == KINDS[tag[2:]]:
                cur[1] = len(text)
            else:
                cur = [start, len(text), KINDS[tag[2:]]]
                spans.append(cur)
    end()
    return out


def factuality(tok, path, complete):
    out = []
    for r in rows(path):
        at, offsets = 0, []
        for w in r["text"].split(" "):
            offsets.append((at, at + len(w)))
            at += len(w) + 1
        t = Text(tok, r["text"], [(0, len(r["text"]))])
        events = []
        for x in r["targets"]:
            if o := t.overlapping(offsets[x["span1"][0]][0], offsets[x["span1"][1] - 1][1]):
                events.append((o[0], x["label"]))
        out.append(Example(t, events=events, complete=complete))
    return out


def checkworthy(tok, path, run=1, unquoted=False):
    """Statements, `run` neighbours of the debate to a text, each a unit. The marks that the table puts around a statement with a comma
    are no part of it: the scorer leaves them, so they are left in unless unquoted is asked for."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as f:
        table = [r for r in list(csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE))[1:] if len(r) >= 3 and r[1].strip()]
    if run > 1:
        table.sort(key=lambda r: int(r[0]))
    out = []
    for i in range(0, len(table), run):
        text, ranges = "", []
        for r in table[i:i + run]:
            s = r[1].strip()
            if unquoted and len(s) > 1 and s[0] == s[-1] == '"':
                s = s[1:-1].replace('""', '"')
            text += " " if text else ""
            ranges.append((len(text), len(text) + len(s)))
            text += s
        t = Text(tok, text, ranges)
        yes = [r[2].startswith("Yes") for r in table[i:i + run]]
        if len(t.units) == len(yes):
            out.append(Example(t, yes=yes))
    return out


def persuasion(tok, path):
    out = []
    for r in rows(path):
        t = Text(tok, r["text"])
        out.append(Example(t, r["id"], tags=[(k, o) for k, a, b in r["spans"] if (o := t.overlapping(a, b))], gold=r))
    return out


def techniques_of(examples):
    return sorted({k for x in examples for k, _ in x.tags})


def fold(examples, number, folds=5):
    """The examples outside of and inside of one fold. Articles that share 20 runs of eight words are copies and stay together."""
    root = list(range(len(examples)))

    def find(i):
        while root[i] != i:
            i = root[i]
        return i

    by, shared = defaultdict(list), Counter()
    for i, x in enumerate(examples):
        w = terms(x.text.text)
        for run in {tuple(w[k:k + 8]) for k in range(len(w) - 7)}:
            shared.update((o, i) for o in by[run])
            by[run].append(i)
    for (a, b), n in shared.items():
        if n >= 20:
            a, b = find(a), find(b)
            root[max(a, b)] = min(a, b)
    dealt = {r: k % folds for k, r in enumerate(sorted({find(i) for i in root}, key=lambda r: examples[r].id))}
    inside = [dealt[find(i)] == number for i in range(len(examples))]
    return [x for x, y in zip(examples, inside) if not y], [x for x, y in zip(examples, inside) if y]


def claims(path):
    return {r["vclaim_id"]: r.get("vclaim") or r["title"] for r in rows(path)}


def pairs(queries, qrels, header):
    """(text asked for, ids of the fact-checks that answer it)."""
    gold = defaultdict(set)
    for line in Path(qrels).read_text(encoding="utf-8").splitlines():
        r = line.split("\t")
        if len(r) >= 4 and r[3].strip() == "1":
            gold[r[0]].add(r[2])
    with open(queries, encoding="utf-8", newline="") as f:
        table = list(csv.reader(f, delimiter="\t"))[1 if header else 0:]
    return [(r[1], gold[r[0]]) for r in table if len(r) > 1 and r[0] in gold]


def terms(text):
    return re.findall(r"\w+", text.lower())


def hard_negatives(asked, texts, count):
    """For each query the claims that BM25 ranks highest and that do not answer it."""
    ids = sorted(texts)
    docs = [Counter(terms(texts[i])) for i in ids]
    lengths = np.array([sum(d.values()) for d in docs], dtype=np.float32)
    norm = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    postings = defaultdict(lambda: ([], []))
    for i, d in enumerate(docs):
        for t, n in d.items():
            postings[t][0].append(i)
            postings[t][1].append(n)
    postings = {t: (np.array(a), np.array(b, dtype=np.float32)) for t, (a, b) in postings.items()}
    out = []
    for text, right in asked:
        score = np.zeros(len(ids), dtype=np.float32)
        for t in set(terms(text)):
            if t in postings:
                at, n = postings[t]
                score[at] += math.log(1 + (len(ids) - len(at) + 0.5) / (len(at) + 0.5)) * n * 2.2 / (n + norm[at])
        best = np.argsort(-score, kind="stable")[:count + len(right)]
        out.append([ids[i] for i in best if ids[i] not in right][:count])
    return out


class Batch:
    """Windows side by side: pieces [B, P] with their cases and mask; of each word its first piece [B, W] and mask."""

    def __init__(self, tok, windows):
        """windows: (Text, first word, end)."""
        self.windows = windows
        cls, sep = tok.token_to_id("[CLS]"), tok.token_to_id("[SEP]")
        n = max(t.first[b] - t.first[a] for t, a, b in windows) + 2
        w = max(b - a for _, a, b in windows)
        self.ids = torch.zeros(len(windows), n, dtype=torch.long)
        self.cases = torch.zeros(len(windows), n, dtype=torch.long)
        self.mask = torch.zeros(len(windows), n, dtype=torch.bool)
        self.first = torch.zeros(len(windows), w, dtype=torch.long)
        self.word = torch.zeros(len(windows), w, dtype=torch.bool)
        for i, (t, a, b) in enumerate(windows):
            p, q = t.first[a], t.first[b]
            self.ids[i, 0], self.ids[i, q - p + 1] = cls, sep
            self.ids[i, 1:q - p + 1] = torch.from_numpy(t.ids[p:q])
            self.cases[i, 1:q - p + 1] = torch.from_numpy(t.cases[p:q])
            self.mask[i, :q - p + 2] = True
            self.first[i, :b - a] = torch.tensor(t.first[a:b]) - p + 1
            self.word[i, :b - a] = True


def tokenizer(base):
    tok = Tokenizer.from_file(str(Path(base) / "tokenizer.json"))
    tok.no_truncation()
    tok.no_padding()
    return tok


def grouped(items, length, budget, rng):
    """Items of about the same length together, at most budget when padded; groups in random order."""
    rng.shuffle(items)
    out = []
    for i in range(0, len(items), 400):
        group, longest = [], 0
        for x in sorted(items[i:i + 400], key=length):
            longest = max(longest, length(x))
            if group and longest * (len(group) + 1) > budget:
                out.append(group)
                group, longest = [], length(x)
            group.append(x)
        out.append(group)
    rng.shuffle(out)
    return out


def windowed(examples, rng, budget):
    """An epoch of windows, (example, first word, end), of random length in groups."""
    out = []
    for x in examples:
        size = WINDOW if rng.random() < 0.6 else rng.randint(24, WINDOW)
        out += [(x, a, b) for a, b in x.text.windows(size)]
    return grouped(out, lambda w: w[0].text.first[w[2]] - w[0].text.first[w[1]] + 2, budget, rng)


def clip(range_, a, b):
    """A range of words of a text as one of the window from a to b, or None."""
    s, e = max(range_[0], a), min(range_[1], b)
    return (s - a, e - a) if s < e else None


def mark(row, range_, begin):
    """Writes the labels begin, begin + 1, … over a range."""
    row[range_[0]:range_[1]] = begin + 1
    row[range_[0]] = begin
