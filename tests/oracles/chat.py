#!/usr/bin/env python3
"""Golden conversations: what the publishers' own chat templates write.

    python3 tests/oracles/chat.py FOLDER > tests/data/chat.txt

FOLDER holds the templates as their publishers wrote them, one a file, named as in TEMPLATES; they are not part of this
tree (llama.cpp keeps most of them in models/templates, the others in tests/test-chat-template.cpp). Needs jinja2, with
the settings that the public reference library uses for templates. Only the rendered strings of the conversations below
are kept.

Where a template refuses what assay joins (two turns of one role in a row) the turns are joined here too, by an empty line;
a template that puts in a system text of its publisher's where there is none is asked for conversations with one only.
"""
import json
import os
import sys

from jinja2.sandbox import ImmutableSandboxedEnvironment

CONVERSATIONS = {
    "plain": [("user", "Write it.")],
    "system": [("system", "Be brief.\nState facts."), ("user", "Write the article.")],
    "spaces": [("system", " Be brief. \n"), ("user", "\n Write  it. ")],
    "repair": [("system", "Be brief."), ("user", "Write it."), ("assistant", "The port is 8443.\n\nIt is open."),
               ("user", "Remove the port.")],
    "joined": [("system", "Be brief."), ("user", "One."), ("user", "Two."), ("assistant", "Three."), ("user", "Four.")],
    "long": [("user", "One."), ("assistant", "Two."), ("user", "Three."), ("assistant", "Four."), ("user", "Five.")],
}

# file, family, whether turns must alternate, conversations left out, whether it knows thinking
OWN_SYSTEM = ("plain", "long")  # it puts in a text of its own
REFUSES_SYSTEM = ("system", "spaces", "repair", "joined")
TEMPLATES = [
    ("teknium-OpenHermes-2.5-Mistral-7B", "chatml", False, (), False),
    ("Qwen-Qwen2.5-7B-Instruct", "chatml", False, OWN_SYSTEM, False),
    ("Qwen-Qwen3-0.6B", "qwen", False, (), True),
    ("Qwen3.5-4B", "qwen3.5", False, (), True),
    ("meta-llama-Meta-Llama-3-8B-Instruct", "llama3", False, (), False),
    ("meta-llama-Llama-3.1-8B-Instruct", "llama3.1", False, (), False),
    ("meta-llama-Llama-3.2-3B-Instruct", "llama3.1", False, (), False),
    ("meta-llama-Llama-3.3-70B-Instruct", "llama3.1", False, (), False),
    ("mistralai-Mistral-7B-Instruct-v0.2", "mistral-v1", True, (), False),
    ("mistralai-Mistral-Large-Instruct-2407", "mistral-v3", True, (), False),
    ("mistralai-Mistral-Nemo-Instruct-2407", "mistral-v3-tekken", True, (), False),
    ("mistralai-Mistral-Large-Instruct-2411", "mistral-v7", True, (), False),
    ("Mistral-Small-3.2-24B-Instruct-2506", "mistral-v7-tekken", True, OWN_SYSTEM, False),
    ("mistralai-Ministral-3-14B-Reasoning-2512", "mistral-v7-tekken", True, OWN_SYSTEM, False),
    ("google-gemma-2-2b-it", "gemma", True, REFUSES_SYSTEM, False),
    ("google-gemma-3-4b-it", "gemma", True, (), False),
    ("google-gemma-4-31B-it", "gemma4", False, (), True),
]
# recognised as none
STRANGERS = ["llama2-sys"]


def refuse(message):
    raise ValueError(message)


def join(turns):
    out = []
    for role, text in turns:
        if out and out[-1][0] == role:
            out[-1] = (role, out[-1][1] + "\n\n" + text)
        else:
            out.append((role, text))
    return out


def main():
    folder = sys.argv[1]
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True,
                                                extensions=["jinja2.ext.loopcontrols"])
    environment.globals["raise_exception"] = refuse
    environment.filters["tojson"] = lambda value, **_: json.dumps(value, ensure_ascii=False)
    print("# Made by tests/oracles/chat.py from the publishers' templates; BOS is the tokenizer's business.")
    for name, turns in CONVERSATIONS.items():
        print("conversation", name)
        for role, text in turns:
            print("turn", role, json.dumps(text))
    for name in STRANGERS:
        print("template", name, "-")
    for name, family, alternates, left_out, thinks in TEMPLATES:
        with open(os.path.join(folder, name + ".jinja"), encoding="utf-8") as file:
            template = environment.from_string(file.read())
        print("template", name, family)
        for conversation, turns in CONVERSATIONS.items():
            if conversation in left_out:
                continue
            messages = [{"role": role, "content": text} for role, text in (join(turns) if alternates else turns)]
            for think in (False, True) if thinks else (False,):
                extra = {"enable_thinking": think} if thinks else {}
                if name.startswith("Mistral-Small"):  # asks for today in a text that is not used; Llama 3.2 would use it
                    extra["strftime_now"] = lambda _: "today"
                eos = "<|im_end|>" if "qwen" in family or family == "chatml" else "</s>"
                text = template.render(messages=messages, add_generation_prompt=True, bos_token="", eos_token=eos, **extra)
                print("render", family, int(think), conversation, json.dumps(text))


main()
