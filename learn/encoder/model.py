"""The encoder and its heads, computed as FORMAT.md says, under its names."""
import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F

from data import ARGUMENTS, CUE, NAMES, WINDOW


class Attention(nn.Module):
    def __init__(self, s):
        super().__init__()
        h = s["hidden"]
        self.heads = s["heads"]
        inner = nn.Module()
        inner.query, inner.key, inner.value = nn.Linear(h, h), nn.Linear(h, h), nn.Linear(h, h)
        self.add_module("self", inner)
        self.output = nn.Module()
        self.output.dense, self.output.LayerNorm = nn.Linear(h, h), nn.LayerNorm(h, eps=s["epsilon"])

    def forward(self, x, mask, dropout):
        inner = self._modules["self"]
        q, k, v = (f(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for f in (inner.query, inner.key, inner.value))
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        y = self.output.dense(y.transpose(1, 2).flatten(2))
        return self.output.LayerNorm(x + F.dropout(y, dropout, self.training))


class Layer(nn.Module):
    def __init__(self, s):
        super().__init__()
        h, m = s["hidden"], s["intermediate"]
        self.attention = Attention(s)
        self.intermediate, self.output = nn.Module(), nn.Module()
        self.intermediate.dense = nn.Linear(h, m)
        self.output.dense, self.output.LayerNorm = nn.Linear(m, h), nn.LayerNorm(h, eps=s["epsilon"])

    def forward(self, x, mask, dropout):
        x = self.attention(x, mask, dropout)
        y = self.output.dense(F.gelu(self.intermediate.dense(x)))
        return self.output.LayerNorm(x + F.dropout(y, dropout, self.training))


class Arguments(nn.Module):
    D = 256

    def __init__(self, h):
        super().__init__()
        self.token = nn.Linear(h, self.D, bias=False)
        self.left = nn.Linear(h, self.D, bias=False)
        self.right = nn.Linear(h, self.D, bias=False)
        self.cue = nn.Linear(h, self.D)
        self.distance = nn.Embedding(33, self.D)
        self.out = nn.Linear(self.D, len(ARGUMENTS))

    def forward(self, words, cues):
        """words [B, W, H]; cues: (window, first word, end). The logits of each cue, [C, W, L]."""
        at = torch.tensor([b for b, _, _ in cues])
        c = torch.stack([words[b, s:e].mean(0) for b, s, e in cues])
        d = buckets(cues, words.shape[1])
        token, left = self.token(words), self.left(words)
        z = token[at] + self.cue(c)[:, None] + self.distance(d) + left[at] * self.right(c)[:, None]
        return self.out(F.gelu(z))


EDGES = torch.tensor(list(range(1, 10)) + [12, 16, 24, 32, 48, 64, 96])


def buckets(cues, width):
    i = torch.arange(width)[None]
    s, e = (torch.tensor([c[k] for c in cues])[:, None] for k in (1, 2))
    d = torch.where(i < s, i - s, torch.where(i >= e, i - e + 1, 0))
    return 16 + d.sign() * torch.bucketize(d.abs(), EDGES, right=True)


class Model(nn.Module):
    def __init__(self, sizes, vocabulary, techniques, dropout=0.1):
        super().__init__()
        self.sizes, self.vocabulary, self.techniques, self.dropout = sizes, vocabulary, techniques, dropout
        h = sizes["hidden"]
        e = self.embeddings = nn.Module()
        e.word_embeddings = nn.Embedding(len(vocabulary), h)
        e.position_embeddings = nn.Embedding(sizes["positions"], h)
        e.token_type_embeddings = nn.Embedding(2, h)
        e.case_embeddings = nn.Embedding(4, h)
        e.LayerNorm = nn.LayerNorm(h, eps=sizes["epsilon"])
        self.encoder = nn.Module()
        self.encoder.layer = nn.ModuleList(Layer(sizes) for _ in range(sizes["layers"]))
        self.heads = nn.ModuleDict({
            "cue": nn.Linear(h, len(CUE)), "names": nn.Linear(h, len(NAMES)), "arguments": Arguments(h), "certainty": nn.Linear(h, 2),
            "checkworthy": nn.ModuleDict({"dense": nn.Linear(h, h), "out": nn.Linear(h, 1)}), "techniques": nn.Linear(h, len(techniques))})
        for m in self.modules():
            if isinstance(m, (nn.Linear, nn.Embedding)):
                nn.init.normal_(m.weight, std=0.02)
            if isinstance(m, nn.Linear) and m.bias is not None:
                nn.init.zeros_(m.bias)
        nn.init.zeros_(e.case_embeddings.weight)
        nn.init.normal_(self.heads["arguments"].left.weight, std=0.05)
        nn.init.normal_(self.heads["arguments"].right.weight, std=0.05)

    def forward(self, batch):
        """The last layer's vectors of the pieces, [B, P, H]."""
        e = self.embeddings
        x = (e.word_embeddings(batch.ids) + e.case_embeddings(batch.cases) + e.token_type_embeddings.weight[0]
             + e.position_embeddings.weight[:batch.ids.shape[1]])
        x = F.dropout(e.LayerNorm(x), self.dropout, self.training)
        for layer in self.encoder.layer:
            x = layer(x, batch.mask, self.dropout)
        return x.float()

    def words(self, batch):
        """The vectors of the words' first pieces, [B, W, H]."""
        x = self(batch)
        return F.dropout(x.gather(1, batch.first[..., None].expand(-1, -1, x.shape[-1])), self.dropout, self.training)

    def sentences(self, batch, ranges):
        """The logits of sentences: (window, first word, end) of each."""
        x = self(batch)
        out = []
        for i, a, b in ranges:
            t, start, _ = batch.windows[i]
            p = t.first[start]
            out.append(x[i, t.first[start + a] - p + 1:t.first[start + b] - p + 1].mean(0))
        h = self.heads["checkworthy"]
        return h["out"](torch.tanh(h["dense"](torch.stack(out)))).squeeze(-1)

    def embed(self, batch):
        m = batch.mask[..., None].float()
        return F.normalize((self(batch) * m).sum(1) / m.sum(1), dim=-1)

    def describe(self):
        def tags(labels):
            follows = lambda a, b: not b.startswith("I-") or a[2:] == b[2:]
            return {"kind": "tags", "labels": labels, "allowed": [[follows(a, b) for b in labels] for a in labels],
                    "begin": [not a.startswith("I-") for a in labels]}
        return {"cue": tags(CUE), "names": tags(NAMES), "arguments": dict(tags(ARGUMENTS), kind="arguments", size=Arguments.D),
                "certainty": {"kind": "events"}, "checkworthy": {"kind": "sentence"},
                "techniques": {"kind": "spans", "labels": self.techniques, "thresholds": [0.5] * len(self.techniques)},
                "matching": {"kind": "embedding"}}

    def save(self, folder, version, heads=None):
        folder = Path(folder)
        save_file({k: v.detach().float().contiguous() for k, v in self.state_dict().items()}, folder / "model.safetensors")
        (folder / "model.json").write_text(json.dumps({"version": version, "sizes": self.sizes, "window": WINDOW, "heads": heads or self.describe(),
                                                       "vocabulary": self.vocabulary}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def start(base, techniques):
    """A model whose encoder is the pretrained one of a folder and whose heads know nothing."""
    base = Path(base)
    have = {k.removeprefix("bert."): v for k, v in load_file(base / "model.safetensors").items() if "pooler" not in k and not k.endswith("position_ids")}
    words, hidden = have["embeddings.word_embeddings.weight"].shape
    # The package's config.json is not the model's own; where it does not say, what all MiniLM models have.
    c = json.loads((base / "config.json").read_text())
    sizes = {"hidden": hidden, "layers": 1 + max(int(k.split(".")[2]) for k in have if k.startswith("encoder.layer.")),
             "heads": c.get("num_attention_heads", hidden // 32), "intermediate": have["encoder.layer.0.intermediate.dense.weight"].shape[0],
             "positions": have["embeddings.position_embeddings.weight"].shape[0], "epsilon": c.get("layer_norm_eps", 1e-12)}
    m = Model(sizes, (base / "vocab.txt").read_text(encoding="utf-8").split("\n")[:words], techniques)
    missing, unexpected = m.load_state_dict(have, strict=False)
    wrong = [k for k in missing if not k.startswith("heads.") and "case_embeddings" not in k] + list(unexpected)
    if wrong:
        raise SystemExit(f"{base}: not the tensors of a BERT encoder: {wrong[:3]}")
    return m


def load(folder):
    folder = Path(folder)
    d = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    m = Model(d["sizes"], d["vocabulary"], d["heads"]["techniques"]["labels"])
    m.load_state_dict(load_file(folder / "model.safetensors"))
    return m.eval()
