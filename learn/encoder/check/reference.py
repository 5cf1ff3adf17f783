"""Writes what Hugging Face's tokenizers and PyTorch make of sentences, for the tests of package encoder.

    reference.py --model FOLDER --data ../shared/data --out FOLDER

FOLDER of the model has model.safetensors and model.json as learn/encoder/FORMAT.md has them, or the files of a
BERT model of Hugging Face (config.json, vocab.txt). Written are tokens.jsonl, of 20,000 sentences their pieces and
the bytes that each stands for, and vectors.safetensors, of 1,000 sentences the mean of their last hidden states, of
length 1, with sentences.json. The tests read them where HEARSAY_ENCODER_REFERENCE names the folder.
"""

import argparse
import gzip
import json
import random
import re
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertModel

TOKENS, VECTORS = 20_000, 1_000


def texts(data: Path):
    """News, web text, tweets and fact-checks, so that there is more in it than plain English."""
    for name in ("polnear/dev.jsonl", "gva/articles.jsonl.gz", "factchecks/factchecks-60k.jsonl.gz", "persuasion/semeval2023-train.jsonl.gz"):
        file = data / name
        with (gzip.open if name.endswith(".gz") else open)(file, "rt", encoding="utf-8") as lines:
            for i, line in enumerate(lines):
                if i == 4000:
                    break
                for value in json.loads(line).values():
                    if isinstance(value, str) and " " in value:
                        yield value
    with gzip.open(data / "checkworthy/ct24-dev.tsv.gz", "rt", encoding="utf-8") as lines:
        yield from lines


def sentences(data: Path) -> list[str]:
    found = set()
    for text in texts(data):
        for sentence in re.split(r"(?<=[.!?]) +|\n", text):
            if sentence.strip():
                found.add(sentence)
    chosen = sorted(found)
    random.Random(7).shuffle(chosen)
    strange = [s for s in chosen if any(ord(c) > 0x2100 for c in s)][: TOKENS // 20]
    return (strange + [s for s in chosen if s not in set(strange)])[:TOKENS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)

    weights = load_file(args.model / "model.safetensors")
    if (args.model / "model.json").exists():
        about = json.loads((args.model / "model.json").read_text(encoding="utf-8"))
        vocabulary = about["vocabulary"]
    else:
        vocabulary = (args.model / "vocab.txt").read_text(encoding="utf-8").splitlines()
    tokenizer = BertWordPieceTokenizer({piece: i for i, piece in enumerate(vocabulary)}, lowercase=True)
    tokenizer._tokenizer.encode_special_tokens = True  # names of special pieces in a text are text

    words = weights["embeddings.word_embeddings.weight"]
    config = BertConfig(
        vocab_size=words.shape[0],
        hidden_size=words.shape[1],
        num_hidden_layers=1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer.")),
        num_attention_heads=words.shape[1] // 32,
        intermediate_size=weights["encoder.layer.0.intermediate.dense.weight"].shape[0],
        max_position_embeddings=weights["embeddings.position_embeddings.weight"].shape[0],
        layer_norm_eps=1e-12,
    )
    model = BertModel(config, add_pooling_layer=False).eval()
    missing = model.load_state_dict({k: v for k, v in weights.items() if not k.startswith(("pooler", "heads.", "embeddings.case"))}, strict=False)
    assert all("position_ids" in name or "token_type_ids" in name for name in missing.missing_keys), missing
    cases = weights.get("embeddings.case_embeddings.weight")

    chosen = sentences(args.data)
    with (args.out / "tokens.jsonl").open("w", encoding="utf-8") as out:
        for text in chosen:
            pieces = tokenizer.encode(text, add_special_tokens=False)
            bytes_before = [0]
            for c in text:
                bytes_before.append(bytes_before[-1] + len(c.encode()))
            spans = [[bytes_before[a], bytes_before[b]] for a, b in pieces.offsets]
            out.write(json.dumps({"text": text, "ids": pieces.ids, "spans": spans}) + "\n")

    (args.out / "vocabulary.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    means, used = [], []
    for text in chosen:
        encoded = tokenizer.encode(text)
        if not 3 <= len(encoded.ids) <= 128:
            continue
        ids = torch.tensor([encoded.ids])
        with torch.no_grad():
            if cases is None or not cases.any():
                states = model(ids).last_hidden_state[0]
            else:
                classes = [case_of(text[a:b]) for a, b in encoded.offsets]
                states = model(inputs_embeds=model.embeddings.word_embeddings(ids) + cases[classes][None]).last_hidden_state[0]
        means.append(torch.nn.functional.normalize(states.mean(0), dim=0))
        used.append(text)
        if len(used) == VECTORS:
            break
    save_file({"means": torch.stack(means)}, args.out / "vectors.safetensors")
    (args.out / "sentences.json").write_text(json.dumps(used), encoding="utf-8")
    print(f"{len(chosen):,} sentences cut into pieces, {len(used):,} into vectors")


def case_of(word: str) -> int:
    letters = [c.isupper() for c in word if c.isalpha()]
    capitals = sum(letters)
    if capitals == 0:
        return 0
    if capitals == 1 and letters[0]:
        return 1
    return 2 if capitals == len(letters) else 3


if __name__ == "__main__":
    main()
